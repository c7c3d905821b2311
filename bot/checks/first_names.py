"""First names and their short forms, as far as English-language records mix them. Pure."""

_ALIKE = """
robert bob bobby rob
william bill billy will
james jim jimmy
michael mike
joseph joe joey
thomas tom tommy
richard dick rick rich
edward ed eddie ted ned
theodore ted teddy
jacob jake
charles charlie chuck
anthony tony
daniel dan danny
david dave
stephen steven steve
john jack
jeffrey geoffrey jeff
gregory greg
kenneth ken
ronald ron
donald don
lawrence larry
gerald jerome jerry
frederick fred
samuel sam
benjamin ben
matthew matt
nicholas nick
patrick patricia pat
peter pete
andrew andy drew
alexander alex
henry hank harry
walter walt
katherine catherine kathleen kate kathy cathy
elizabeth liz beth betty
margaret peggy maggie meg
susan sue
deborah debbie debra
jennifer jen jenny
cynthia cindy
barbara barb
eugene gene
joshua josh
christopher christine chris
timothy tim
vincent vince
raymond ray
philip phil
mitchell mitch
louis lou
russell russ
zachary zach
alfred al albert
harold hal
martin marty
"""
_GROUPS = tuple(frozenset(line.split()) for line in _ALIKE.splitlines() if line)
_SHORTEST = 3
"""So many letters make a short form."""


def same_first_name(one: str, other: str) -> bool:
    """Whether two folded first names, neither an initial, may be one person's.

    >>> same_first_name("bob", "robert"), same_first_name("rob", "robert"), same_first_name("hunter", "joe")
    (True, True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    begins = len(shorter) >= _SHORTEST and longer.startswith(shorter)
    return one == other or begins or any(one in group and other in group for group in _GROUPS)
