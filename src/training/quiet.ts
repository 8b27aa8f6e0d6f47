import { env } from '@tensorflow/tfjs-core';

// TensorFlow.js greets with an advertisement of its other packages unless it is told that this is production.
env().set('PROD', true);
