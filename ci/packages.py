"""Python packages that some steps need, in a virtual environment. It is not a step itself."""

import fcntl
import os
import pathlib
import subprocess
import sys

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "target/python"
PYTHON = FOLDER / "bin/python"


def install(*packages):
    """Installs packages, such as "scapy==2.8.0". Returns False, and prints that the step is skipped, if that fails."""
    commands = [[PYTHON, "-m", "pip", "install", "--quiet", *packages]]
    FOLDER.parent.mkdir(exist_ok=True)
    with open(FOLDER.with_suffix(".lock"), "w") as lock:  # steps run in parallel
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PYTHON.exists():
            commands.insert(0, [sys.executable, "-m", "venv", FOLDER])
        if all(subprocess.run(command, capture_output=True).returncode == 0 for command in commands):
            return True
    print(f"skipped: {', '.join(packages)} cannot be installed")
    return False


def require(*packages):
    """Runs the current script again with these packages, or ends it if they cannot be installed."""
    if sys.prefix != str(FOLDER):
        if not install(*packages):
            sys.exit()
        os.execv(PYTHON, [PYTHON, *sys.argv])
