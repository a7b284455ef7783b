from . import stages, landing, my_places, places_confirm
