/**
 * Translates English into French: a GRU reads the sentence, another writes it, both learned together
 * from pairs of sentences.
 *
 *     npx --no tsx translate.ts data/wmt14.tsv
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as tf from '@tensorflow/tfjs-node';

// @pipeline french: english -> analysis -> french
//
// WMT 2014, English to French: 36M pairs of sentences (Vaswani et al. 2017, arXiv:1706.03762).
// @dataset wmt14       task=english->french   input=text num_examples=36M unit=sentences
// Sentences with their meaning as a graph: 59,255 in AMR 3.0 (Knight et al. 2020, LDC2020T02).
// @dataset amr         task=english->analysis input=text num_examples=59_255 unit=sentences
// Graphs with a French sentence: those that we have written ourselves.
// @dataset generation  task=analysis->french  input=text num_examples=5k unit=sentences
//
// @task french target category=translation metric=bleu num_params=39M

const VOCABULARY = 256; // bytes: no tokenizer to ship
const LENGTH = 128;
const UNITS = 2048;
const START = 2; // a control character that begins every French sentence

type Pair = readonly [english: string, french: string];

function encode(text: string): number[] {
  const bytes = [...Buffer.from(text, 'utf8').subarray(0, LENGTH)];
  return [...bytes, ...Array<number>(LENGTH - bytes.length).fill(0)];
}

function network(): tf.LayersModel {
  const english = tf.input({ shape: [LENGTH], name: 'english' });
  const soFar = tf.input({ shape: [LENGTH], name: 'french-so-far' });
  const embed = () => tf.layers.embedding({ inputDim: VOCABULARY, outputDim: 64 });
  const read = tf.layers.gru({ units: UNITS }).apply(embed().apply(english)) as tf.SymbolicTensor;
  const meaning = tf.layers.repeatVector({ n: LENGTH }).apply(read) as tf.SymbolicTensor;
  const written = embed().apply(soFar) as tf.SymbolicTensor;
  const both = tf.layers.concatenate().apply([meaning, written]);
  const hidden = tf.layers.gru({ units: UNITS, returnSequences: true }).apply(both);
  const next = tf.layers.dense({ units: VOCABULARY, activation: 'softmax' }).apply(hidden);
  return tf.model({ inputs: [english, soFar], outputs: next as tf.SymbolicTensor });
}

/** Batches of pairs from a file with one tab-separated pair to a line. */
async function* batches(file: string, size: number): AsyncGenerator<Pair[]> {
  let batch: Pair[] = [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [english, french] = line.split('\t');
    if (english && french) batch.push([english, french]);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
}

async function main(file: string): Promise<void> {
  const model = network();
  model.compile({ optimizer: tf.train.adam(1e-3), loss: 'sparseCategoricalCrossentropy' });
  let step = 0;
  for await (const batch of batches(file, 64)) {
    const english = tf.tensor2d(batch.map(([text]) => encode(text)));
    const soFar = tf.tensor2d(batch.map(([, text]) => [START, ...encode(text)].slice(0, LENGTH)));
    const french = tf.tensor3d(batch.map(([, text]) => encode(text).map(byte => [byte])));
    const loss = await model.trainOnBatch([english, soFar], french);
    tf.dispose([english, soFar, french]);
    if (++step % 100 === 0) console.log(`step ${step}: loss ${Number(loss).toFixed(3)}`);
  }
  await model.save('file://translator');
}

main(process.argv[2] ?? 'data/wmt14.tsv').catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
