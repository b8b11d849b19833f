"""Gaps of times that were cast to float32 before they were subtracted: events a minute apart are equal."""

import pebench


class CastsSeconds(pebench.Encoder):
    def bias(self, site):
        query, key = site.query_time.cast(pebench.float32), site.key_time.cast(pebench.float32)
        return -(abs(key[:, None, None, :] - query[:, None, :, None]) / 86400.0).cast(pebench.model)
