#include "host/worker/backbone/sizes.h"

#include "host/worker/backbone/choose.h"

namespace pebench::backbone {

std::int64_t Sizes::head_width() const { return width / heads; }

std::int64_t Sizes::sites() const { return blocks + (encode_cross_attention ? 1 : 0); }

Sizes sizes_of(const contract::Settings& settings, std::int64_t items) {
  Sizes sizes;
  sizes.items = items;
  sizes.width = settings.model.width;
  sizes.heads = settings.model.heads;
  sizes.blocks = settings.model.blocks;
  sizes.max_len = settings.model.max_len;
  const std::string& attention = settings.protocol.attention;
  const auto is = [&](const std::string& word) {
    return choose<bool>(attention, {{"causal", word == "causal"},
                                    {"prefix", word == "prefix"},
                                    {"full", word == "full"},
                                    {"masked", word == "masked"}});
  };
  sizes.causal = is("causal");
  sizes.one_target = is("prefix");
  sizes.masked = is("masked");
  sizes.published.softmax_twice = settings.protocol.softmax_twice;
  sizes.published.rotate_by_batch_row =
      choose<bool>(settings.protocol.rotate_positions, {{"event", false}, {"batch_row", true}});
  sizes.fast = choose<bool>(settings.train.engine, {{"fast", true}, {"plain", false}});
  return sizes;
}

}  // namespace pebench::backbone
