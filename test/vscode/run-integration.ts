// npm run test:integration
import { runIntegration } from './integration';
import { runAndExit } from './run';

runAndExit(() => runIntegration());
