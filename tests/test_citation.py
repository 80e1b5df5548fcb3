"""CITATION.cff says of this project what its package, NOTICE and recipes say."""

import re
import tomllib
from pathlib import Path

import yaml

import ser_core

REPOSITORY = Path(__file__).resolve().parents[1]
CITATION = yaml.safe_load((REPOSITORY / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_citation_has_the_version_of_the_package() -> None:
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["version"] == ser_core.__version__


def test_the_citation_names_title_and_authors_as_the_notice_does_and_the_licence_of_the_code() -> None:
    title = (REPOSITORY / "NOTICE").read_text(encoding="utf-8").splitlines()[0]
    assert CITATION["title"] == title
    assert CITATION["authors"] == [{"name": f"The authors of {title}"}]
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert CITATION["license"] == project["license"].partition(" AND ")[0]


def test_the_five_source_papers_have_what_the_format_requires() -> None:
    first_authors = [reference["authors"][0]["family-names"] for reference in CITATION["references"]]
    assert first_authors == ["Kumar", "Atmaja", "Lian", "Dai", "Latif"]
    assert all(reference["title"] and reference["type"] for reference in CITATION["references"])
    assert all(
        set(author) == {"given-names", "family-names"} for one in CITATION["references"] for author in one["authors"]
    )


def test_every_paper_that_a_recipe_comes_from_is_cited_with_its_year() -> None:
    cited = {
        one["url"].rpartition("/")[2]: one["year"] for one in CITATION["references"] if "arxiv" in one.get("url", "")
    }
    found = set()
    for recipe in (REPOSITORY / "ser_core" / "recipes").glob("*.toml"):
        source = tomllib.loads(recipe.read_text(encoding="utf-8"))["source"]
        if paper := re.search(r"\((\d{4})\).*arXiv ([\d.]+)", source):
            found.add(paper[2])
            assert cited[paper[2]] == int(paper[1])
    assert found == set(cited)
