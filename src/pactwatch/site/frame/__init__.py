"""What every page stands in, whether it is built as a file or served live.

``book`` is an edition gathered into values, ``page_types`` says what a kind of page is (a pattern of paths and a
function), ``figures`` draws charts, ``rendering`` turns a template and values into HTML, ``site`` makes any page of a
book by its path, ``places`` says where things stand and ``words`` how values are told. No page is written here.
"""
