#include "host/check/catalogue.h"

namespace pebench::check {

std::vector<Row> life_rows() {
  using std::chrono::seconds;
  constexpr seconds limit{60}, long_limit{300};
  return {
      {"life.memory",
       "Creating, using and destroying 1000 instances leaves memory, descriptors and threads as they were",
       long_limit},
      {"life.begin", "A second and a third pass work: nothing is kept from the pass before", limit},
      {"life.repeatable", "The same pass gives the same bits, whatever the instance did before", limit},
      {"life.interleaved", "Two instances used in turns give the same bits as each alone", limit},
      {"life.option_extremes",
       "At the ends of every option's range and at every choice it gives finite numbers, or refuses in "
       "create()",
       long_limit},
      {"life.sizes",
       "One head, one to three layers and a window of one slot work, or are refused in create()", limit},
      {"life.odd_widths", "Odd head widths work, or create() returns PEB_E_UNSUPPORTED", limit},
  };
}

}  // namespace pebench::check
