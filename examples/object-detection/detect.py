"""Is there a road user in the picture, where, and of which kind?

Three tasks on one set of images. Box and kind are labelled only where something exists; elsewhere they
carry no loss. This is the output (exist, box, class) of a single-object detector in Keras.
"""

import keras
import numpy as np
from keras import layers, ops

# @dataset street task=existence,box,road-user input=image:224x224x3 num_examples=40k \
#   labels_present=existence:100%,box:35%,road-user:35% instances_per_example=1 \
#   label=existence:exist,box:box,road-user:kind
#
# @task existence category=image-classification output=class:2 num_params=25M shares_features_with=box,road-user
# @task box target category=object-detection output=box metric=iou num_params=25M \
#   shares_features_with=existence,road-user
# @task road-user target category=image-classification output=class:3 num_params=25M \
#   shares_features_with=existence,box

KINDS = ["pedestrian", "car", "motorcycle"]


def detector() -> keras.Model:
    image = keras.Input((224, 224, 3))
    trunk = keras.applications.ResNet50(include_top=False, weights=None, pooling="avg")
    features = trunk(keras.applications.resnet50.preprocess_input(image))
    return keras.Model(
        image,
        {
            "exist": layers.Dense(1, activation="sigmoid", name="exist")(features),
            "box": layers.Dense(4, activation="sigmoid", name="box")(features),
            "kind": layers.Dense(len(KINDS), activation="softmax", name="kind")(features),
        },
    )


def masked_box_loss(truth, predicted):
    """Squared error of centre, height and width where there is a box; its first column is NaN elsewhere."""
    known = ops.logical_not(ops.isnan(truth[:, :1]))
    error = ops.square(ops.where(known, truth, predicted) - predicted)
    return ops.sum(error) / ops.maximum(ops.sum(ops.cast(known, "float32")), 1.0)


def masked_kind_loss(truth, predicted):
    """Cross-entropy where something exists; the label is -1 elsewhere."""
    truth = ops.cast(ops.reshape(truth, (-1,)), "int32")
    known = ops.cast(truth >= 0, "float32")
    each = keras.losses.sparse_categorical_crossentropy(ops.maximum(truth, 0), predicted)
    return ops.sum(each * known) / ops.maximum(ops.sum(known), 1.0)


def main() -> None:
    data = np.load("data/street.npz")
    model = detector()
    model.compile(
        optimizer=keras.optimizers.Adam(1e-3),
        loss={"exist": "binary_crossentropy", "box": masked_box_loss, "kind": masked_kind_loss},
        metrics={"exist": "accuracy"},
    )
    targets = {name: data[name] for name in ("exist", "box", "kind")}
    model.fit(data["image"], targets, batch_size=64, epochs=30, validation_split=0.1)
    model.save("detector.keras")


if __name__ == "__main__":
    main()
