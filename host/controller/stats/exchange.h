#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace pebench::stats {

/// How the trials of two encodings belong together.
enum class Design {
  paired,    ///< by the seed they share: their values may be exchanged within seeds
  unpaired,  ///< not at all: any of them may stand on either side
};

/// The ways in which values of two groups may be exchanged when nothing tells the groups apart: which of them
/// then form the first group. For `paired`, value i of the first and value i of the second change places or
/// do not; for `unpaired`, any choice of as many values as the first group has.
class Exchanges {
 public:
  /// All ways (paired: up to the exchange of everything), where there are no more than 4,096 of them; else
  /// the groups as they are and 9,999 random ways of a stream named by `seed`. For `paired`, first == second.
  Exchanges(Design design, std::size_t first, std::size_t second, std::uint64_t seed);

  Design design() const { return design_; }
  std::size_t count() const { return chosen_.size() / width_; }

  /// Of the groups that one way gives, larger the more it speaks against their being alike. Gets the way's
  /// flags: paired: whether pair i changes places; unpaired: whether value i (of the first group and then the
  /// second) is in the first.
  using OfWay = std::function<double(const char* way)>;
  /// The share of the ways under which the statistic is at least the observed one, that of the groups as they
  /// are (within a relative 1e-9): the p value.
  double p(const OfWay& statistic) const;
  /// Whether that share exceeds `alpha`; quicker where it does by far.
  bool p_exceeds(double alpha, const OfWay& statistic) const;
  /// The same, roughly, from the first thousand ways where they are random.
  bool p_exceeds_roughly(double alpha, const OfWay& statistic) const;

  /// Of both groups; it may change what it gets. The groups are to have the sizes given to the constructor.
  using Statistic = std::function<double(std::vector<double>& first, std::vector<double>& second)>;
  double p(const std::vector<double>& first, const std::vector<double>& second,
           const Statistic& statistic) const;

 private:
  /// Among how many of the first `ways` the statistic is at least the observed one; stops at more than
  /// `enough`.
  std::size_t reaching(const OfWay& statistic, std::size_t ways, std::size_t enough) const;
  bool p_exceeds(double alpha, const OfWay& statistic, std::size_t ways) const;

  Design design_;
  bool random_;
  std::size_t width_;         ///< flags of one way
  std::vector<char> chosen_;  ///< [way][width]; the groups as they are come first
};

}  // namespace pebench::stats
