import assert from 'node:assert/strict';
import { createPowerSpectrum } from '../../../src/data/audio/log-mel';

describe('data: power spectrum', () => {
  for (const size of [4, 8, 64])
    it(`of ${size} samples is that of the definition`, () => {
      const samples = Array.from({ length: size }, (_, i) => Math.sin(i * i) + i / size);
      const power = createPowerSpectrum(size)(samples);
      assert.equal(power.length, size / 2 + 1);
      power.forEach((found, k) => {
        let real = 0;
        let imaginary = 0;
        samples.forEach((sample, i) => {
          real += sample * Math.cos((2 * Math.PI * k * i) / size);
          imaginary += sample * Math.sin((2 * Math.PI * k * i) / size);
        });
        assert.ok(Math.abs(found - real ** 2 - imaginary ** 2) < 1e-9, `frequency ${k}`);
      });
    });
});
