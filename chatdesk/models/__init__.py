"""Qt item models and view models: the only bridge between core and widgets. Main thread only."""
