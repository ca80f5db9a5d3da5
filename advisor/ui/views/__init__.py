"""The views of the page, one file each; the header's links switch between them.

A new view is a file here with a `build` like the others, a name in `strings.Texts.views`, and a
line in `VIEWS`.
"""
