"""Voice and video with Qt's real multimedia and a sound server of the tests' own: `make test-media`.

Apart from the other tests because the extra `media` weighs 170 MB; without it nothing here is collected.
"""
