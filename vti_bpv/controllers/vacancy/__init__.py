from . import stages, landing, feeds, embed, blocks, my_places, places_confirm
from . import places_copy, campaign, posters  # isort: skip
