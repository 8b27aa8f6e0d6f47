import { describeNetworks } from './models/networks';

describeNetworks(name => name.startsWith('cnn-bn'));
