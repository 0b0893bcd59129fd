"""How the weights are made: from an encoder's weights and annotated articles to `khabar/model/weights`.

PyTorch is needed here and nowhere else (extra `train`). `python -m train base FOLDER` makes the encoder to start from.
"""
