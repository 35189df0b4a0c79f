"""Who looks: asked anew at every run, so that what was withdrawn is closed at the next click."""

from data_access.settings import Settings
from data_access.viewer import Viewer, local_viewer
from ui.kept import settings_now

NOBODY = Viewer("")


def who_looks(settings: Settings) -> Viewer:
    """The viewer of this run."""
    return local_viewer(settings)


def viewer_again(viewer: Viewer) -> Viewer:  # noqa: ARG001  whose session is asked
    """The same person as of now: files are made by a click, and no page runs for that."""
    return who_looks(settings_now())
