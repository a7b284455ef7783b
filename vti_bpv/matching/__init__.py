"""Which place suits which student, and how to leave no student without one. Without the ORM.

`profiles` says what is known of a student and of a place: nothing about who somebody is. `study` and
`travel` hold the two hard rules (may this student learn here, can the student get there), `score` adds
up how well a pair fits, with the reasons. `radar` finds the best assignment for all at once, and
`unplaced` says why somebody got nothing. Reasons are codes with parameters; who has the user's language
puts them into words.
"""
