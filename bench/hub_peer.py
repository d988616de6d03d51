"""`huggingface_hub` and `datasets` for hub.ts: prints one JSON object. Imports are not counted in the times."""

import json
import resource
import sys
import time

import datasets
import huggingface_hub

datasets.disable_progress_bars()
api = huggingface_hub.HfApi()


def peak_mib():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def timed(work):
    started = time.perf_counter()
    work()
    return {"seconds": time.perf_counter() - started, "peak_mib": peak_mib()}


def upload_file(path, repo):
    settings = {"path_or_fileobj": path, "path_in_repo": "data.bin", "repo_id": repo, "repo_type": "dataset"}
    return timed(lambda: into_new(repo, api.upload_file, **settings))


def upload_folder(path, repo):
    return timed(lambda: into_new(repo, api.upload_folder, folder_path=path, repo_id=repo, repo_type="dataset"))


def into_new(repo, upload, **settings):
    api.create_repo(repo, repo_type="dataset", private=True)
    upload(**settings)


def convert(path, out):
    return timed(lambda: datasets.Dataset.from_csv(path, cache_dir=f"{out}.cache").to_parquet(out))


def push_to_hub(path, repo):
    return timed(lambda: datasets.Dataset.from_csv(path, cache_dir=f"{path}.cache").push_to_hub(repo, private=True))


parts = {"upload_file": upload_file, "upload_folder": upload_folder, "convert": convert, "push_to_hub": push_to_hub}
print(json.dumps(parts[sys.argv[1]](*sys.argv[2:])))
