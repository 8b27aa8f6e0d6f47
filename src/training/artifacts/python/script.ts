import type { InputPipeline } from '../../../data';
import { AUDIO } from './audio';
import { COLUMNS, IMAGE, TEXT, VECTOR } from './inputs';

/** What the script is called in the model's folder. */
export const SCRIPT = 'predict.py';

/** A Python program that loads the model and its preprocessing, and prints a prediction for each example given. */
export function predictScript(input: InputPipeline): string {
  const { usage, needs, code } = { columns: COLUMNS, vector: VECTOR, image: IMAGE, audio: AUDIO, text: TEXT }[
    input.kind
  ];
  return `"""Predicts with model.onnx. Usage: python ${SCRIPT} ${usage}

Needs: pip install ${needs}
"""
${code.trim()}


HERE = Path(__file__).parent
PIPELINE = json.loads((HERE / "preprocessing.json").read_text(encoding="utf-8"))
SESSION = onnxruntime.InferenceSession(str(HERE / "model.onnx"))


def predict(example):
    """The prediction for one example: a class with its probability, or a number."""
    values = encode(PIPELINE["input"], example)
    feed = SESSION.get_inputs()[0]
    (output,) = SESSION.run(None, {feed.name: values.reshape(feed.shape)})
    label = next(iter(PIPELINE["labels"].values()))
    scores = output.reshape(-1)
    if label["kind"] == "real":
        return float(scores[0] * label["deviation"] + label["mean"])
    if label["kind"] == "binary":
        return {label["positive"]: float(scores[0])}
    best = int(scores.argmax())
    return {label["classes"][best]: float(scores[best])}


if __name__ == "__main__":
    for path in sys.argv[1:] or sys.exit(__doc__):
        for example in examples(path):
            print(json.dumps(predict(example), ensure_ascii=False))
`;
}
