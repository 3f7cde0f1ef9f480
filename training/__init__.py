"""How the shipped language model is made: data, network, training, export, measurement. Not part of the installed package."""
