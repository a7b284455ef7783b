from . import stages, landing, feeds, embed, my_places, places_confirm
from . import places_copy, campaign, posters  # isort: skip
