from . import stages, my_places, places_confirm
