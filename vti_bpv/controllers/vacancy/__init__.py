from . import stages, my_places
