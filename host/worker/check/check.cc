#include "host/worker/check/check.h"

#include <fmt/format.h>
#include <sys/prctl.h>

#include <algorithm>
#include <csignal>

#include "host/base/error.h"
#include "host/worker/backbone/encoding.h"

namespace pebench::check {

std::vector<Check> checks() {
  std::vector<Check> all;
  for (const auto& group : {library_checks(), life_checks(), numbers_checks(), meaning_checks()})
    all.insert(all.end(), group.begin(), group.end());
  return all;
}

Finding run(const Request& request) {
  const auto all = checks();
  const auto check =
      std::find_if(all.begin(), all.end(), [&](const Check& one) { return one.id == request.id; });
  if (check == all.end()) throw base::InputError(fmt::format("there is no check \"{}\"", request.id));
  try {
    return check->run(request.subject);
  } catch (const c10::Error& error) {
    return {Outcome::fail, error.what_without_backtrace()};
  } catch (const std::exception& error) {
    return {Outcome::fail, error.what()};
  }
}

void run_request(const std::filesystem::path& request_file) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nobody would end a plugin that hangs once `pebench` is gone
  at::set_num_threads(1);
  write_finding(std::filesystem::absolute(request_file).parent_path(), run(read_request(request_file)));
}

}  // namespace pebench::check
