"""Across documents: copies, stories, origins, denials and conflicts.

`digest` makes a `Profile` of each reading, `corpus` compares all profiles, and `keep` does both for a database. A
profile says what a report is about (`focus`), who speaks in it (`voices`), what each tells of it or denies (`tellings`)
and which numbers they give (`figures`). Profiles become `copies`, `links` between happenings, and `stories` with their
origins, denials and conflicts. Each of these is a package; what they share lies beside them.
"""
