import type { LayersModel } from '@tensorflow/tfjs-layers';

/** What a sequential model has beside the rest; its inner model exists once it is built. */
interface Sequential {
  readonly model?: LayersModel | null;
  build(): void;
}

/** The functional model behind a sequential one, which alone has names for its inputs and outputs. */
export function functional(model: LayersModel): LayersModel {
  if (model.getClassName() !== 'Sequential') return model;
  const sequential = model as unknown as Sequential;
  if (!sequential.model) sequential.build();
  return sequential.model ?? model;
}
