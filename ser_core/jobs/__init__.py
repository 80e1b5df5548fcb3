"""Work beside the page: in processes or threads of its own, watched through one record of progress, and stopped."""

from ser_core.jobs.progress import Pace, Progress, Report

__all__ = ["Pace", "Progress", "Report"]
