#include "host/contract/check_catalogue.h"

namespace pebench::check {

std::vector<Row> life_rows() {
  using std::chrono::seconds;
  constexpr seconds limit{60}, long_limit{300};
  return {
      {"life.memory", "1000 instances leave memory, descriptors and threads as they were", long_limit},
      {"life.begin", "A second and a third pass work: nothing is kept from the one before", limit},
      {"life.repeatable", "The same pass gives the same bits, whatever came before it", limit},
      {"life.interleaved", "Two instances used in turns give the same bits as each alone", limit},
      {"life.option_extremes", "Every end of a range and every choice works, or create() refuses it",
       long_limit},
      {"life.sizes", "One head, 1 to 3 layers and a window of one slot work, or are refused", limit},
      {"life.odd_widths", "Odd head widths work, or create() returns PEB_E_UNSUPPORTED", limit},
  };
}

}  // namespace pebench::check
