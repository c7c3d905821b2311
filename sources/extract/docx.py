"""DOCX to text: paragraphs, headings, tables by rows, footnotes at the end; no headers and footers, no deleted words.

python-docx opens the package and knows its styles and properties; the paragraphs are walked here, because it leaves
out what stands in content controls and tracked insertions.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from sources.document import Extract, Heading, PartialDate, Raw
from sources.errors import Unreadable
from sources.extract.builder import TextBuilder
from sources.extract.xml_tree import parse_xml
from sources.extract.zipped import member, open_zip

_MAX_XML = 24 * 1024 * 1024
"""Of the main part: a thousand pages of running text are about 10 MB."""
_WHAT = "a Word document (.docx)"
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_DROPPED = frozenset([qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"])
_SPOKEN = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "\u2011", qn("w:softHyphen"): "\u00ad"}
_NO_AUTHOR = frozenset(["python-docx", "microsoft office user", "user", "admin", "administrator", "author", "unknown"])
