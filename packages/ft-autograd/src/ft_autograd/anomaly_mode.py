"""torch.autograd.anomaly_mode: the contexts of anomaly mode under torch's module name."""

from .anomaly import detect_anomaly, set_detect_anomaly

__all__ = ["detect_anomaly", "set_detect_anomaly"]
