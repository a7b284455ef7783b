"""Reading what people keep in spreadsheets: files, headers and cells, without the ORM.

`reader` turns a CSV or XLSX file into rows, `formats` knows which columns a kind of import has,
`fields` turns cells into values or says what is wrong, `steps` holds what an import will do and
`sheets` writes templates and error reports. Problems are codes with parameters; who has the user's
language puts them into words.
"""
