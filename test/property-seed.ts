import fc from 'fast-check';

/**
 * Property tests try the same cases on every run, so that a test that passed still passes. A campaign tries
 * others: `PROPERTY_SEED=random npm run test:unit`, or a number to try its cases again.
 */
const wanted = process.env['PROPERTY_SEED'];
if (wanted !== 'random') fc.configureGlobal({ seed: wanted === undefined ? 1 : Number(wanted) });
