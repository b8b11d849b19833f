#include "host/controller/data/next_group.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace pebench::data {
namespace {

constexpr std::int64_t hour = 3600, day = 24 * hour;
constexpr double most_parts = 300'000;  // of a history's items, to go through all orders exactly

GroupShares uniform() {
  GroupShares shares;
  shares.fill(1.0 / synthetic_groups);
  return shares;
}

double sum_of(const GroupShares& shares) { return std::accumulate(shares.begin(), shares.end(), 0.0); }

/// Uniform where all are 0.
GroupShares normalised(GroupShares shares) {
  const double sum = sum_of(shares);
  if (!(sum > 0)) return uniform();
  for (double& share : shares) share /= sum;
  return shares;
}

GroupShares product(const GroupShares& a, const GroupShares& b) {
  GroupShares result;
  for (int g = 0; g < synthetic_groups; ++g) result[g] = a[g] * b[g];
  return result;
}

template <class Transition>
GroupShares moved(const GroupShares& from, const Transition& transition) {
  GroupShares to{};
  for (int g = 0; g < synthetic_groups; ++g)
    if (from[g] > 0)
      for (int next = 0; next < synthetic_groups; ++next) to[next] += from[g] * transition[g][next];
  return to;
}

GroupShares counts_of(const std::vector<int>& groups) {
  GroupShares counts{};
  for (const int group : groups) ++counts[group];
  return counts;
}

/// In how many ways a part of these items can be taken, those of a group being alike.
double parts_of(const GroupShares& counts) {
  double parts = 1;
  for (const double count : counts) parts *= count + 1;
  return parts;
}

/// The moments that an event may have, all alike.
std::vector<Moment> moments_of(Pace pace) {
  switch (pace) {
    case Pace::seconds:
      return {{0, false}};
    case Pace::pauses:
      return {{0, false}, {0, true}};
    case Pace::hours:
    case Pace::days:
      break;
  }
  std::vector<Moment> moments;
  for (int i = 0; i < (pace == Pace::hours ? 24 : 7); ++i)
    moments.push_back({i * (pace == Pace::hours ? hour : day), false});
  return moments;
}

}  // namespace

NextGroup::NextGroup(const SyntheticSettings& settings, Knowledge knowledge)
    : settings_(settings),
      signal_(signal_named(settings.signal)),
      knowledge_(knowledge),
      successor_(cycle_of(settings)),
      lag_(static_cast<std::size_t>(settings.places_back())) {
  if (!signal_.needs_order) knowledge_.order = true;
  if (!signal_.needs_times) knowledge_.times = true;
  for (int g = 0; g < synthetic_groups; ++g)
    share_of_items_[g] =
        static_cast<double>(items_of_group(g, settings.items)) / static_cast<double>(settings.items);
  const auto moments = moments_of(settings.pace());
  for (const Moment& moment : moments) {
    const Transition one = transition(moment);
    for (int g = 0; g < synthetic_groups; ++g)
      for (int next = 0; next < synthetic_groups; ++next)
        unknown_moment_[g][next] += one[g][next] / static_cast<double>(moments.size());
  }
}

NextGroup::Transition NextGroup::transition(const Moment& moment) const {
  Transition transition;
  for (int g = 0; g < synthetic_groups; ++g) {
    transition[g].fill((1 - settings_.strength) / synthetic_groups);
    transition[g][signal_.expected(successor_, g, moment, settings_.pace())] += settings_.strength;
  }
  return transition;
}

Moment NextGroup::moment(const std::vector<std::int64_t>& times, std::size_t index) const {
  const std::int64_t time = times[index];
  const std::int64_t before =
      index > 0 ? times[index - 1] : time - time % day;  // histories begin at midnight
  return {time, time - before >= synthetic_pause};
}

NextGroup::Transition NextGroup::transition(const std::vector<std::int64_t>& times, std::size_t index) const {
  return knowledge_.times ? transition(moment(times, index)) : unknown_moment_;
}

GroupShares NextGroup::seen(const GroupShares& own) const {
  GroupShares shares;
  for (int g = 0; g < synthetic_groups; ++g)
    shares[g] = (1 - settings_.noise) * own[g] + settings_.noise * share_of_items_[g];
  return shares;
}

GroupShares NextGroup::likelihood(int group) const {
  GroupShares likelihood;
  likelihood.fill(settings_.noise * share_of_items_[group]);
  likelihood[group] += 1 - settings_.noise;
  return likelihood;
}

/// Events `lag` places apart are a chain of their own, and each chain a hidden Markov model.
GroupShares NextGroup::filtered(const std::vector<int>& groups,
                                const std::vector<std::int64_t>& times) const {
  std::vector<GroupShares> chains(lag_, uniform());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    GroupShares& chain = chains[i % lag_];
    chain = normalised(product(moved(chain, transition(times, i)), likelihood(groups[i])));
  }
  return seen(moved(chains[groups.size() % lag_], transition(times, groups.size())));
}

/// Sums the probability of the history over all orders of its items: paths[m][g] is that of all orders of the
/// part m of the items, the last event's own group being g. Parts are numbered in mixed radix.
GroupShares NextGroup::over_all_orders(const std::vector<int>& groups,
                                       const std::vector<std::int64_t>& times) const {
  const GroupShares counts = counts_of(groups);
  std::array<std::size_t, synthetic_groups> stride{};
  std::size_t parts = 1;
  for (int g = 0; g < synthetic_groups; ++g) {
    stride[g] = parts;
    parts *= static_cast<std::size_t>(counts[g]) + 1;
  }
  std::vector<Transition> transitions;
  for (std::size_t i = 0; i <= groups.size(); ++i) transitions.push_back(transition(times, i));
  std::vector<GroupShares> paths(parts, GroupShares{}), likelihoods;
  for (int g = 0; g < synthetic_groups; ++g) likelihoods.push_back(likelihood(g));
  paths[0] = uniform();
  for (std::size_t part = 0; part + 1 < parts; ++part) {
    std::size_t taken = 0;
    GroupShares left;
    for (int g = 0; g < synthetic_groups; ++g) {
      const std::size_t of_group = part / stride[g] % (static_cast<std::size_t>(counts[g]) + 1);
      taken += of_group;
      left[g] = counts[g] - static_cast<double>(of_group);
    }
    const GroupShares own = moved(paths[part], transitions[taken]);
    for (int g = 0; g < synthetic_groups; ++g) {
      if (left[g] <= 0) continue;
      GroupShares& next = paths[part + stride[g]];
      for (int h = 0; h < synthetic_groups; ++h) next[h] += own[h] * likelihoods[g][h] * left[g];
    }
  }
  return seen(moved(normalised(paths.back()), transitions.back()));
}

/// Histories that could have been, drawn event by event in proportion to their probability.
class NextGroup::Particles {
 public:
  Particles(const NextGroup& law, const std::vector<int>& groups, const std::vector<std::int64_t>& times,
            base::Stream stream)
      : law_(law), groups_(groups), times_(times), stream_(stream) {
    Particle particle;
    particle.left = counts_of(groups);
    if (law.signal_.of == Signal::Of::one) particle.chains.assign(law.lag_, uniform());
    const bool is_known = law.knowledge_.order && law.knowledge_.times;
    particles_.assign(is_known ? 1 : static_cast<std::size_t>(samples_for(groups.size())), particle);
    for (Particle& one : particles_) one.weight = 1.0 / static_cast<double>(particles_.size());
  }

  GroupShares predict() {
    for (std::size_t i = 0; i < groups_.size(); ++i) {
      for (Particle& particle : particles_) extend(particle, i);
      resample();
    }
    GroupShares mean{};
    for (Particle& particle : particles_) {
      const GroupShares next = law_.seen(own(particle, groups_.size()));
      for (int g = 0; g < synthetic_groups; ++g) mean[g] += particle.weight * next[g];
    }
    return normalised(mean);
  }

 private:
  struct Particle {
    double weight = 1;
    GroupShares left{};               ///< items not yet placed, where the order is not known
    std::vector<GroupShares> chains;  ///< of each chain, the shares of the last event's own group
    GroupShares memory{};             ///< weights of the groups' events, in "recency"
  };

  /// Shares of the own group of the event at `index`, after the particle's history.
  GroupShares own(Particle& particle, std::size_t index) {
    if (law_.signal_.of == Signal::Of::one)
      return moved(particle.chains[index % law_.lag_], law_.transition(times_, index));
    std::int64_t seconds;
    if (law_.knowledge_.times) {
      seconds = index > 0 ? times_[index] - times_[index - 1] : 0;
    } else {
      seconds = draw_seconds(law_.settings_, stream_);
      if (stream_.below(2) == 1) seconds += synthetic_pause;
    }
    for (double& weight : particle.memory)
      weight *= std::exp(-static_cast<double>(seconds) / synthetic_memory);
    const double sum = sum_of(particle.memory);
    if (!(sum > 0)) return uniform();
    GroupShares shares;
    for (int g = 0; g < synthetic_groups; ++g)
      shares[g] = law_.settings_.strength * particle.memory[g] / sum +
                  (1 - law_.settings_.strength) / synthetic_groups;
    return shares;
  }

  void extend(Particle& particle, std::size_t index) {
    const GroupShares shares = own(particle, index);
    const GroupShares next = law_.seen(shares);
    int group = groups_[index];
    if (law_.knowledge_.order) {
      particle.weight *= next[group];
    } else {
      const GroupShares chances = product(next, particle.left);
      const double sum = sum_of(chances);
      particle.weight *= sum;
      double drawn = stream_.uniform() * sum;
      for (group = 0; group + 1 < synthetic_groups && !(drawn < chances[group]); ++group)
        drawn -= chances[group];
      while (particle.left[group] <= 0) --group;  // where rounding has run off the end
      --particle.left[group];
    }
    if (law_.signal_.of == Signal::Of::all)
      ++particle.memory[group];
    else
      particle.chains[index % law_.lag_] = normalised(product(shares, law_.likelihood(group)));
  }

  /// Draws the particles anew in proportion to their weights (systematically), once these are unlike enough.
  void resample() {
    double sum = 0, squares = 0;
    for (const Particle& particle : particles_) sum += particle.weight;
    for (Particle& particle : particles_) {
      particle.weight = sum > 0 ? particle.weight / sum : 1.0 / static_cast<double>(particles_.size());
      squares += particle.weight * particle.weight;
    }
    const auto count = static_cast<double>(particles_.size());
    if (1 / squares > count / 2) return;
    std::vector<Particle> drawn;
    drawn.reserve(particles_.size());
    double place = stream_.uniform() / count, reached = 0;
    for (const Particle& particle : particles_) {
      reached += particle.weight;
      for (; place < reached && drawn.size() < particles_.size(); place += 1 / count)
        drawn.push_back(particle);
    }
    while (drawn.size() < particles_.size()) drawn.push_back(particles_.back());
    for (Particle& particle : drawn) particle.weight = 1 / count;
    particles_ = std::move(drawn);
  }

  const NextGroup& law_;
  const std::vector<int>& groups_;
  const std::vector<std::int64_t>& times_;
  base::Stream stream_;
  std::vector<Particle> particles_;
};

std::int64_t NextGroup::samples_for(std::size_t events) {
  constexpr std::int64_t placed = 20'000;  // events, all samples of a history together
  return std::clamp<std::int64_t>(placed / std::max<std::int64_t>(1, static_cast<std::int64_t>(events)), 100,
                                  1000);
}

bool NextGroup::is_exact(const std::vector<int>& groups) const {
  if (signal_.of == Signal::Of::nothing) return true;
  if (signal_.of == Signal::Of::all) return knowledge_.order && knowledge_.times;
  return knowledge_.order || (lag_ == 1 && parts_of(counts_of(groups)) <= most_parts);
}

GroupShares NextGroup::of(const std::vector<int>& groups, const std::vector<std::int64_t>& times,
                          base::Stream stream) const {
  if (signal_.of == Signal::Of::nothing) return share_of_items_;
  if (signal_.of == Signal::Of::one && knowledge_.order) return filtered(groups, times);
  if (signal_.of == Signal::Of::one && is_exact(groups)) return over_all_orders(groups, times);
  return Particles(*this, groups, times, stream).predict();
}

}  // namespace pebench::data
