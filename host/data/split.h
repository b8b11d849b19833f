#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "host/data/dataset.h"

namespace pebench::data {

/// One user's part in training, validation and test, as indices into the user's history. The profile of an
/// evaluated event is everything before its index.
struct UserSplit {
  std::int64_t train_size = 0;   ///< events [0, train_size) train
  std::int64_t validation = -1;  ///< index of the validation event, -1 for none
  std::int64_t test = -1;        ///< index of the test event, -1 for none
};

struct Split {
  std::vector<UserSplit> users;                ///< [users]
  std::vector<User> validation_users() const;  ///< those with a validation event, ascending
  std::vector<User> test_users() const;
};

/// The last event is test, the one before it validation, the rest train; users with fewer than 3 events only
/// train.
Split leave_one_out(const Dataset& data);

/// Cut times t1 < t2 at sorted[floor(.8 N)] and sorted[floor(.9 N)] of all event times. Training sees events
/// before t1; a user's first event in [t1, t2) is validation, the first at or after t2 is test; both need a
/// non-empty profile. Throws InputError when the two cut times are equal.
Split global_time(const Dataset& data);

/// As the files say that the data set was made of: a user's first event of the validation part and the first
/// of the test part are those, and what is before either and of the training part trains; both need a
/// non-empty profile. Throws InputError for a data set that came in no parts.
Split by_files(const Dataset& data);

/// By the suite's word, "leave_one_out", "global_time" or "files".
Split make_split(const Dataset& data, std::string_view name);

/// Training events per item, [N+1]; entry 0 is 0.
std::vector<std::int64_t> training_counts(const Dataset& data, const Split& split);

}  // namespace pebench::data
