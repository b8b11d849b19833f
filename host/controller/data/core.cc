#include "host/controller/data/core.h"

#include <fmt/format.h>

#include <cstddef>
#include <deque>

namespace pebench::data {
namespace {

/// Users, then items, as one row of vertices; an event is an edge.
class Peeling {
 public:
  Peeling(const Columns& columns, const Core& core)
      : columns_(columns),
        core_(core),
        users_(columns.user_ids.size()),
        left_(users_ + columns.item_ids.size(), 0),
        below_(left_.size(), false),
        user_of_(columns.items.size()),
        out_(columns.items.size(), {fmt::format("the user has fewer than {} events", core.user_events),
                                    fmt::format("the item has fewer than {} events", core.item_events)}) {
    for (std::size_t user = 0; user < users_; ++user)
      for (std::int64_t event = columns.offsets[user]; event < columns.offsets[user + 1]; ++event) {
        user_of_[static_cast<std::size_t>(event)] = static_cast<User>(user);
        ++left_[user];
        ++left_[item_of(event)];
      }
    for (std::size_t vertex = 0; vertex < left_.size(); ++vertex) look_at(vertex);
  }

  LeftOut run() {
    gather_events_of_items();
    while (!waiting_.empty()) {
      const std::size_t vertex = waiting_.front();
      waiting_.pop_front();
      if (vertex < users_)
        for (std::int64_t event = columns_.offsets[vertex]; event < columns_.offsets[vertex + 1]; ++event)
          leave_out(event, 0);
      else
        for (std::int64_t i = begin_[vertex - users_]; i < begin_[vertex - users_ + 1]; ++i)
          leave_out(of_item_[static_cast<std::size_t>(i)], 1);
    }
    return std::move(out_);
  }

 private:
  std::size_t item_of(std::int64_t event) const {
    return users_ + static_cast<std::size_t>(columns_.items[static_cast<std::size_t>(event)]) - 1;
  }

  void look_at(std::size_t vertex) {
    const std::int64_t least = vertex < users_ ? core_.user_events : core_.item_events;
    if (below_[vertex] || left_[vertex] >= least) return;
    below_[vertex] = true;
    waiting_.push_back(vertex);
  }

  void leave_out(std::int64_t event, std::uint8_t why) {
    auto& reason = out_.of_event[static_cast<std::size_t>(event)];
    if (reason != LeftOut::stays) return;
    reason = why;
    if (!core_.iterative) return;
    for (const std::size_t vertex :
         {static_cast<std::size_t>(user_of_[static_cast<std::size_t>(event)]), item_of(event)}) {
      --left_[vertex];
      look_at(vertex);
    }
  }

  /// The events of each item, in their order: those of item v from begin_[v - 1] to before begin_[v].
  void gather_events_of_items() {
    begin_.assign(columns_.item_ids.size() + 1, 0);
    for (const Item item : columns_.items) ++begin_[static_cast<std::size_t>(item)];
    for (std::size_t item = 1; item < begin_.size(); ++item) begin_[item] += begin_[item - 1];
    std::vector<std::int64_t> next = begin_;
    of_item_.resize(columns_.items.size());
    for (std::size_t event = 0; event < columns_.items.size(); ++event)
      of_item_[static_cast<std::size_t>(next[static_cast<std::size_t>(columns_.items[event]) - 1]++)] =
          static_cast<std::int64_t>(event);
  }

  const Columns& columns_;
  const Core& core_;
  std::size_t users_;
  std::vector<std::int64_t> left_;  ///< events of each vertex that stay
  std::vector<bool> below_;
  std::vector<User> user_of_;
  std::vector<std::int64_t> begin_, of_item_;
  std::deque<std::size_t> waiting_;
  LeftOut out_;
};

}  // namespace

LeftOut outside_core(const Columns& columns, const Core& core) { return Peeling(columns, core).run(); }

}  // namespace pebench::data
