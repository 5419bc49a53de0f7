"""`python -m iscalimab_qa` is the command line."""

from iscalimab_qa.cli import main

main()
