"""A partnership as readers see it: page, figures, network, flyer, feed."""
