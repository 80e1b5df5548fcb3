"""Puts the models that ship, which lie at the top of the repository, into the installed package."""

from setuptools import find_namespace_packages, setup

setup(
    packages=[*find_namespace_packages(include=["ser_core*"]), "ser_core.shipped_checkpoints"],
    package_dir={"ser_core.shipped_checkpoints": "checkpoints"},
)
