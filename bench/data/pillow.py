"""Pillow's rate of decoding and resizing, on as many processes as there are cores: folder, side."""
import glob, multiprocessing, os, sys, time
import numpy
from PIL import Image

side = int(sys.argv[2])

def one(path):
    return numpy.asarray(Image.open(path).convert("RGB").resize((side, side), Image.BILINEAR)).shape

if __name__ == "__main__":
    files = glob.glob(sys.argv[1] + "/*.jpg")
    with multiprocessing.Pool(os.cpu_count()) as pool:
        pool.map(one, files, 64)
        start = time.perf_counter()
        pool.map(one, files, 64)
        print(len(files) / (time.perf_counter() - start))
