#include "host/worker/train/protocol.h"

#include "host/worker/published/published.h"

namespace pebench::train {
namespace {

std::vector<data::User> every_user(std::vector<data::User> users, base::Stream stream) {
  base::shuffle(users, stream);
  return users;
}

examiner::Rank as_expected(examiner::Rank rank) { return rank; }

}  // namespace

Protocol make_protocol(const contract::TrialSpec& spec, const data::Dataset& data) {
  const auto& chosen = spec.settings.protocol;
  Protocol protocol;
  protocol.users = every_user;
  if (chosen.epoch == "draws") protocol.users = published::drawn_users<data::User>;
  protocol.candidates = [hash = data.hash()](const std::string& part, std::int64_t) {
    return base::Stream(0, "candidates", part + "/" + hash);
  };
  if (chosen.evaluation_set == "redrawn")
    protocol.candidates = [seed = spec.seed](const std::string& part, std::int64_t epoch) {
      return published::redrawn_candidates(seed, part, epoch);
    };
  protocol.times = [](std::size_t, const std::string&, std::int64_t) { return std::vector<std::int64_t>(); };
  if (chosen.evaluation_users == "draws")
    protocol.times = [seed = spec.seed](std::size_t users, const std::string& part, std::int64_t epoch) {
      return published::drawn_times(users, seed, part, epoch);
    };
  protocol.ties = chosen.ties == "first_wins" ? published::first_wins : as_expected;
  protocol.selection = make_selection(spec.settings);
  return protocol;
}

}  // namespace pebench::train
