import { describeNetworks } from './models/networks';

describeNetworks(name => name === 'cnn-28x28');
