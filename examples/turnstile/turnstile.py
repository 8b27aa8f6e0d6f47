"""Opens a turnstile for faces it knows.

Two steps: find the face, then compare it with those on file. Pictures from our own turnstile with a name
under them are few; faces with boxes, and pairs of faces of one person, are not.
"""

from pathlib import Path

import torch
from facenet_pytorch import MTCNN, InceptionResnetV1
from PIL import Image

# @pipeline identity: image -> face -> identity
#
# Our own: everyone in the building, some twenty pictures each.
# @dataset turnstile   task=image->identity input=image num_examples=10k
# Boxes around faces. WIDER FACE has 393,703 (Yang et al. 2016, arXiv:1511.06523); ours adds video stills.
# @dataset face-boxes  task=image->face     input=image num_examples=1M
# Faces with an identity. FaceNet was trained on 100M to 200M of them (Schroff et al. 2015,
# arXiv:1503.03832).
# @dataset face-pairs  task=face->identity  input=image num_examples=100M
#
# @task identity target category=image-classification output=class:500 metric=accuracy

# Largest distance between two pictures of one person, chosen on the pictures on file.
SAME_PERSON = 0.9


class Turnstile:
    def __init__(self, people: Path) -> None:
        self.find_face = MTCNN(image_size=160, margin=14, keep_all=False)
        self.embed = InceptionResnetV1(pretrained="vggface2").eval()
        known = {folder.name: self.person(folder) for folder in sorted(people.iterdir()) if folder.is_dir()}
        self.names = [name for name, embedding in known.items() if embedding is not None]
        self.embeddings = torch.stack([known[name] for name in self.names])

    def face(self, picture: Path) -> torch.Tensor | None:
        """The embedding of the most certain face in a picture, 512 numbers of length one."""
        cropped = self.find_face(Image.open(picture).convert("RGB"))
        if cropped is None:
            return None
        with torch.no_grad():
            return self.embed(cropped[None])[0]

    def person(self, folder: Path) -> torch.Tensor | None:
        faces = [face for picture in sorted(folder.glob("*.jpg")) if (face := self.face(picture)) is not None]
        return torch.nn.functional.normalize(torch.stack(faces).mean(0), dim=0) if faces else None

    def who(self, picture: Path) -> str | None:
        face = self.face(picture)
        if face is None:
            return None
        distances = (self.embeddings - face).norm(dim=1)
        nearest = int(distances.argmin())
        return self.names[nearest] if distances[nearest] < SAME_PERSON else None


def main() -> None:
    turnstile = Turnstile(Path("data/people"))
    for picture in sorted(Path("data/arrivals").glob("*.jpg")):
        name = turnstile.who(picture)
        print(f"{picture.name}: {'open for ' + name if name else 'stay closed'}")


if __name__ == "__main__":
    main()
