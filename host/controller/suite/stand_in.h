#pragma once

#include "host/controller/suite/suite.h"

namespace pebench::suite {

/// The suite with look-alikes in the place of its data sets, for measuring what it takes: of those that say
/// their sizes. Its results are not those of the suite: its name gets "-look-alike".
Suite with_look_alikes(Suite suite);

/// The suite cut down to find out whether it runs: its first seed, an epoch, look-alikes of a hundredth of
/// the size, generated data of 100 users; what has no look-alike stays. Its name gets "-smoke".
Suite smoke(Suite suite);

}  // namespace pebench::suite
