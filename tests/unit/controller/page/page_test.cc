#include "host/controller/page/page.h"

#include <gmock/gmock.h>

#include <cmath>

#include "host/controller/page/embedded.h"
#include "host/controller/page/html.h"
#include "host/controller/page/summary.h"
#include "tests/unit/controller/report/results_folder.h"

namespace pebench::page {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class Page : public report::Report {
 protected:
  /// Ten seeds of three encodings on two data sets; rope is ahead of none, learnt is not.
  void add_study() {
    for (const char* dataset : {"beauty", "games"})
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        const double noise = 0.001 * static_cast<double>(seed * 7 % 10);
        add(dataset, "none", seed, 0.100 + noise);
        add(dataset, "learnt", seed, 0.100 + 0.001 * static_cast<double>(seed * 3 % 10));
        add(dataset, "rope", seed, 0.150 + noise + 0.0001 * static_cast<double>(seed));
      }
  }
  std::string html() { return html_reporter()(reports()); }

  /// The specifications of all charts of a page.
  static std::vector<nlohmann::json> specifications(const std::string& html) {
    static const std::string begin = "<script type=\"application/json\">", end = "</script>";
    std::vector<nlohmann::json> all;
    for (std::size_t at = html.find(begin); at != std::string::npos; at = html.find(begin, at + 1)) {
      const std::size_t from = at + begin.size();
      all.push_back(nlohmann::json::parse(html.substr(from, html.find(end, from) - from)));
    }
    return all;
  }
};

/// What a chart's data of that name hold under that key, of one row.
std::vector<double> values_of(const nlohmann::json& specification, const std::string& data,
                              const std::string& label, const std::string& key) {
  std::vector<double> values;
  for (const auto& one : specification.at("data"))
    if (one.at("name") == data)
      for (const auto& row : one.at("values"))
        if (row.at("label") == label && row.contains(key)) values.push_back(row.at(key));
  return values;
}

TEST_F(Page, ShowsTheNumbersOfTheReport) {
  add_study();
  const auto reported = reports();
  const auto charts = specifications(html_reporter()(reported));
  const auto& analysis = reported[0].analyses.at(0);
  ASSERT_GE(charts.size(), 6u);
  for (std::size_t d = 0; d < 2; ++d)
    for (const auto& encoding : analysis.datasets.at(d).encodings) {
      EXPECT_EQ(values_of(charts[d], "dots", encoding.encoding, "value"), encoding.values);
      EXPECT_THAT(values_of(charts[d], "rows", encoding.encoding, "mean"), ElementsAre(*encoding.mean));
      EXPECT_THAT(values_of(charts[d], "rows", encoding.encoding, "low"),
                  ElementsAre(encoding.mean_interval->low));
      EXPECT_THAT(values_of(charts[d], "rows", encoding.encoding, "high"),
                  ElementsAre(encoding.mean_interval->high));
    }
  for (std::size_t d = 0; d < 2; ++d)
    for (const auto& pair : analysis.datasets.at(d).against_baseline) {
      const std::string& name = analysis.datasets.at(d).encodings[pair.first].encoding;
      EXPECT_THAT(values_of(charts[2 + d], "rows", name, "mean"), ElementsAre(pair.mean.difference));
      EXPECT_EQ(values_of(charts[2 + d], "dots", name, "value").size(), 10u);
    }
  EXPECT_THAT(values_of(charts[4], "rows", "rope", "mean"),
              ElementsAre(*analysis.datasets[0].encodings[2].deviation.sd));
}

TEST_F(Page, ShowsWhetherTwoSeedsRecommendTheSame) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    recommend("none", seed, 4);
    recommend("steady", seed, 1);
  }
  const auto all = reports();
  const std::string page = html_reporter()(all);
  EXPECT_THAT(page, AllOf(HasSubstr("The same recommendations?"), HasSubstr("more alike (weak)")));
  bool drawn = false;
  for (const auto& chart : specifications(page)) {
    if (chart.dump().find("rank-biased overlap") == std::string::npos) continue;
    drawn = true;
    const auto& steady = all.front().churns.front().encodings[1];
    EXPECT_THAT(values_of(chart, "rows", "steady", "mean"), ElementsAre(*steady.alike));
    EXPECT_THAT(values_of(chart, "dots", "steady", "value"), ElementsAre(*steady.alike_to_baseline));
  }
  EXPECT_TRUE(drawn);
}

TEST_F(Page, SaysWhatIsDecidedAndOfWhat) {
  add_study();
  EXPECT_THAT(summary_of(reports()[0]).verdicts,
              Contains(AllOf(HasSubstr("beauty: rope (+"),
                             HasSubstr("better than none; learnt not shown to differ."))));
}

TEST_F(Page, SaysWhereSeedsAreTooFew) {
  add("beauty", "none", 1, 0.1);
  add("beauty", "rope", 1, 0.2);
  EXPECT_THAT(summary_of(reports()[0]).verdicts,
              ElementsAre("beauty: no verdict, which takes 6 seeds of each encoding."));
}

TEST_F(Page, VerdictsOfFewSeedsAreCalledWeakLikeThoseOfTheReport) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    add("beauty", "none", seed, 0.10 + 0.001 * static_cast<double>(seed));
    add("beauty", "rope", seed, 0.20 + 0.002 * static_cast<double>(seed));
  }
  EXPECT_THAT(html(), HasSubstr("<td>better (weak)</td>"));
}

TEST_F(Page, OpensWithTheQuestionOfTheSuite) {
  lock_.text =
      "# Does it help? On one set.\n# pebench run x.toml\n#\n# More of it,\n# in two lines.\nschema = 1\n";
  add_study();
  const Summary summary = summary_of(reports()[0]);
  EXPECT_EQ(summary.question, "Does it help?");
  EXPECT_THAT(summary.description,
              ElementsAre("On one set. pebench run x.toml", "More of it, in two lines."));
  EXPECT_THAT(summary.facts, Contains(HasSubstr("60 of 60 trials: 3 encodings, 2 data sets, 10 seeds")));
}

TEST_F(Page, TextsCannotBecomeMarkup) {
  lock_.text = "# Is <b>bold</b> & \"quoted\"?\n";
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    add("</script><script>alert(1)</script>", "none", seed, 0.1 + 0.01 * static_cast<double>(seed));
    add("</script><script>alert(1)</script>", "<img src=x>", seed, 0.2 + 0.01 * static_cast<double>(seed));
  }
  const std::string page = html();
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, Not(HasSubstr("<img")));
  EXPECT_THAT(page, HasSubstr("Is &lt;b&gt;bold&lt;/b&gt; &amp; &quot;quoted&quot;?"));
}

TEST_F(Page, AsksTheNetworkForNothing) {
  add_study();
  std::string page = html();
  page.erase(page.find(vega()), vega().size());
  for (const char* outside : {" src=", "href=\"http", "url(", "@import"})
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
}

TEST_F(Page, NamesSeedsThatCollapsed) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    contract::Record record = plan("beauty", "none", seed);
    for (std::int64_t epoch = 1; epoch <= 200; ++epoch) {
      record.result.epochs.push_back(
          {epoch, 1.0 / static_cast<double>(epoch), 0.1, 0.01, {{"valid.full.ndcg@10", 0.1}}});
    }
    add_good(record, 0.5, seed == 4 ? 0.01 : 0.2);
  }
  const std::string page = html();
  EXPECT_THAT(page, AllOf(HasSubstr("median NDCG@10: none, seed 4."), Not(HasSubstr("none, seed 4; "))));
  int curves = 0;
  for (const auto& chart : specifications(page)) {
    for (const auto& data : chart.at("data")) {
      if (data.at("name") != "points") continue;
      ++curves;
      EXPECT_LE(data.at("values").size(), 6u * 60u) << "thinned";
    }
  }
  EXPECT_GT(curves, 0);
}

TEST(Html, TablesSayWhatHeadsTheirRowsAndColumns) {
  report::TableBlock table{"a & b", {{"encoding", true}, {"HR@10"}}, {}};
  report::Cell best("0.2", " ± 0.01");
  best.best = best.significant = true;
  table.rows = {{{{"rope"}, best}}, {{{"chance"}, {"0.01"}}, report::Row::Tone::reference}};
  EXPECT_EQ(
      html_of(table),
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"a &amp; b\"><table><caption>a &amp; "
      "b</caption>\n"
      "<thead><tr><th scope=\"col\">encoding</th><th scope=\"col\" class=\"number\">HR@10</th></tr></thead>\n"
      "<tbody>\n"
      "<tr><th scope=\"row\">rope</th><td class=\"number\"><strong>0.2</strong>* ± 0.01</td></tr>\n"
      "<tr class=\"reference\"><th scope=\"row\">chance</th><td class=\"number\">0.01</td></tr>\n"
      "</tbody></table></div>\n");
}

TEST(Embedded, FilesAreThere) {
  EXPECT_THAT(std::string(style()), HasSubstr("--c0"));
  EXPECT_THAT(std::string(script()), HasSubstr("IntersectionObserver"));
}

}  // namespace
}  // namespace pebench::page
