"""Wrong behaviours, each a small change of the source, which the tests are expected to notice.

``python -m tests.mutations --list`` names them; ``python -m tests.mutations [NAME …]`` tries them.
"""
