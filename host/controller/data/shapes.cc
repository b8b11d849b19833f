#include "host/controller/data/shapes.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace pebench::data {
namespace {

using Kind = Layout::Kind;
using Names = std::vector<std::string>;

const Layout comma{Kind::quoted, ",", true}, tabs{Kind::separated, "\t", true},
    tabs_alone{Kind::separated, "\t", false}, json{Kind::json, "", true}, python{Kind::python, "", true};

bool has(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_number(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.-") == std::string_view::npos;
}
bool is_whole(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}
bool all_whole(const Names& cells) { return std::all_of(cells.begin(), cells.end(), is_whole); }

const Names movielens_genres = {"unknown",   "Action",   "Adventure",   "Animation", "Children's",
                                "Comedy",    "Crime",    "Documentary", "Drama",     "Fantasy",
                                "Film-Noir", "Horror",   "Musical",     "Mystery",   "Romance",
                                "Sci-Fi",    "Thriller", "War",         "Western"};

Shape events(std::string format, const Layout& layout, Column user, Column item, Column time,
             std::vector<EventFeature> features = {}, std::string left = "") {
  Shape shape;
  shape.format = std::move(format);
  shape.layout = layout;
  shape.user = std::move(user);
  shape.item = std::move(item);
  shape.time = std::move(time);
  shape.features = std::move(features);
  shape.left = std::move(left);
  return shape;
}

/// A number of stars or points that the event gave its item.
EventFeature rating(Column column) { return {std::move(column), "rating", FeatureKind::number}; }

Shape items(std::string format, const Layout& layout, Column item, std::vector<ItemField> fields) {
  Shape shape;
  shape.format = std::move(format);
  shape.holds = Holds::items;
  shape.layout = layout;
  shape.item = std::move(item);
  shape.fields = std::move(fields);
  return shape;
}

/// "user_id:token" of RecBole -> "user_id"
std::string before_colon(const std::string& cell) { return cell.substr(0, cell.find(':')); }

/// The name of a column that is not pebench's own for something else.
std::string free_name(std::string name) {
  return name == date_context || name == part_feature || name == negatives_feature ? name + "_given" : name;
}

/// Whether it is the column of negatives, as ReChorus calls it or as it is exported.
bool are_negatives(const std::string& name, const std::string& type) {
  return (name == "neg_items" || name == negatives_feature) && (type == "token" || type == "token_seq");
}

/// RecBole's atomic files: the first row has names and types.
std::optional<Shape> recbole(const Names& header) {
  static const Names types = {"token", "token_seq", "float", "float_seq"};
  if (header.empty() || !std::all_of(header.begin(), header.end(), [](const std::string& cell) {
        return cell.find(':') != std::string::npos && has(types, cell.substr(cell.find(':') + 1));
      }))
    return std::nullopt;
  const auto column = [&](std::string_view name) {
    for (const std::string& cell : header)
      if (before_colon(cell) == name) return cell;
    return std::string();
  };
  const std::string user = column("user_id"), item = column("item_id"), time = column("timestamp");
  if (!user.empty() && !item.empty()) {
    const auto others = std::count_if(header.begin(), header.end(), [](const std::string& cell) {
      const std::string name = before_colon(cell);
      return name != "user_id" && name != "item_id" && name != "rating";
    });
    if (time.empty() && others > 0) return std::nullopt;  // one of them may be the time
    std::vector<EventFeature> features;
    bool has_lists = false;
    for (const std::string& cell : header) {
      if (cell == user || cell == item || cell == time) continue;
      const std::string type = cell.substr(cell.find(':') + 1);
      const std::string name = before_colon(cell);
      if (are_negatives(name, type))
        features.push_back(named_feature(cell, negatives_feature));
      else if (name == exported_parts && type == "token")
        features.push_back({cell, part_feature, FeatureKind::word});
      else if (type == "token" || type == "float")
        features.push_back(
            {cell, free_name(name), type == "token" ? FeatureKind::word : FeatureKind::number});
      else
        has_lists = true;
    }
    return events("RecBole", tabs, user, item, time, std::move(features),
                  has_lists ? "columns of lists" : "");
  }
  if (item.empty()) {
    Shape users;
    users.format = "RecBole";
    users.holds = Holds::users;
    return users;
  }
  std::vector<ItemField> fields;
  for (const std::string& cell : header) {
    if (cell == item) continue;
    const std::string type = cell.substr(cell.find(':') + 1);
    fields.push_back({cell,
                      before_colon(cell),
                      type == "token"       ? Meaning::word
                      : type == "token_seq" ? Meaning::words
                      : type == "float"     ? Meaning::number
                                            : Meaning::numbers,
                      " ",
                      {},
                      ""});
  }
  return items("RecBole", tabs, item, fields);
}

std::optional<Shape> of_object(const Names& keys, const Layout& layout) {
  const auto all = [&](std::initializer_list<const char*> wanted) {
    return std::all_of(wanted.begin(), wanted.end(), [&](const char* key) { return has(keys, key); });
  };
  if (layout.kind == Kind::json && has(keys, "item")) return own_items();
  if (layout.kind == Kind::json && all({"numbered", "name"})) return own_order();
  if (all({"reviewerID", "asin", "unixReviewTime"}))
    return events(has(keys, "verified") ? "Amazon 2018 reviews" : "Amazon 2014 reviews", layout, "reviewerID",
                  "asin", "unixReviewTime", {rating("overall")}, "texts");
  if (all({"user_id", "parent_asin", "timestamp"}))
    return events("Amazon 2023 reviews", layout, "user_id", "parent_asin", "timestamp", {rating("rating")},
                  "texts");
  if (all({"review_id", "user_id", "business_id", "date"}))
    return events("Yelp reviews", layout, "user_id", "business_id", "date", {rating("stars")}, "texts");
  if (all({"username", "product_id", "date"}))
    return events("Steam reviews", layout, "username", "product_id", "date",
                  {{"hours", "hours", FeatureKind::number}}, "texts");
  if (all({"parent_asin", "categories"}))
    return items("Amazon 2023 metadata", layout, "parent_asin",
                 {{"store", "store", Meaning::word, "|", {}, ""},
                  {"categories", "categories", Meaning::words, "|", {}, ""},
                  {"price", "price", Meaning::price, "|", {}, ""}});
  if (all({"asin", "category"}))
    return items("Amazon 2018 metadata", layout, "asin",
                 {{"brand", "brand", Meaning::word, "|", {}, ""},
                  {"category", "categories", Meaning::words, "|", {}, ""},
                  {"price", "price", Meaning::price, "|", {}, ""}});
  if (has(keys, "asin") && (has(keys, "categories") || has(keys, "title")))
    return items("Amazon 2014 metadata", layout, "asin",
                 {{"brand", "brand", Meaning::word, "|", {}, ""},
                  {"categories", "categories", Meaning::words, "|", {}, ""},
                  {"price", "price", Meaning::price, "|", {}, ""}});
  return std::nullopt;
}

std::optional<Shape> of_csv(const Names& header) {
  if (has(header, "userId") && has(header, "movieId") && has(header, "rating") && has(header, "timestamp"))
    return events("MovieLens ratings.csv", comma, "userId", "movieId", "timestamp", {rating("rating")});
  if (has(header, "movieId") && has(header, "genres"))
    return items("MovieLens movies.csv", comma, "movieId",
                 {{"genres", "genres", Meaning::words, "|", {}, "(no genres listed)"}});
  if (has(header, "user_id") && has(header, "parent_asin") && has(header, "timestamp"))
    return events("Amazon 2023 ratings", comma, "user_id", "parent_asin", "timestamp", {rating("rating")},
                  has(header, "history") ? "histories" : "");
  return std::nullopt;
}

std::optional<Shape> of_tabs(const Names& cells) {
  if (cells == Names{"user", "item", "timestamp"}) return own_events();
  if (auto shape = recbole(cells)) return shape;
  if (has(cells, "user_id") && has(cells, "item_id") && has(cells, "time"))
    return events("ReChorus", tabs, "user_id", "item_id", "time",
                  has(cells, "neg_items") ? std::vector{named_feature("neg_items", negatives_feature)}
                                          : std::vector<EventFeature>());
  if (cells.size() == 4 && all_whole(cells) && cells[2].size() == 1 && cells[3].size() == 9)
    return events("MovieLens u.data", tabs_alone, "1", "2", "4", {rating("3")});
  if (cells.size() == 5 && cells[1].size() >= 19 && cells[1][10] == 'T' && is_number(cells[2]))
    return events("Gowalla", tabs_alone, "1", "5", "2", {}, "coordinates");
  if (cells.size() == 8 && cells[7].size() == 30 && is_number(cells[4]))
    return events("Foursquare TSMC 2014", tabs_alone, "1", "2", "8", {{"3", "category", FeatureKind::word}},
                  "coordinates");
  return std::nullopt;
}

/// Two whole numbers a line with a blank between.
bool is_sasrec(std::string_view begin) {
  const Names cells = first_row(begin, {Kind::separated, " ", false});
  return cells.size() == 2 && all_whole(cells);
}

}  // namespace

std::optional<Shape> recognise(std::string_view begin) {
  if (!begin.empty() && begin.front() == '{') {
    for (const Layout& layout : {json, python})
      if (const Names keys = first_row(begin, layout); !keys.empty()) return of_object(keys, layout);
    return std::nullopt;
  }
  if (auto shape = of_tabs(first_row(begin, tabs))) return shape;
  const Layout colons{Kind::separated, "::", false}, bars{Kind::separated, "|", false};
  if (const Names cells = first_row(begin, colons); cells.size() == 4 && all_whole(cells))
    return events("MovieLens 1M ratings.dat", colons, "1", "2", "4", {rating("3")});
  else if (cells.size() == 3 && is_whole(cells[0]))
    return items("MovieLens 1M movies.dat",
                 {Kind::separated, "::", false, /*scalars=*/false, /*ragged=*/true}, "1",
                 {{"last", "genres", Meaning::words, "|", {}, ""}});
  if (const Names cells = first_row(begin, bars); cells.size() == 24 && is_whole(cells[0]))
    return items("MovieLens u.item", bars, "1", {{"6", "genres", Meaning::flags, "|", movielens_genres, ""}});
  if (is_sasrec(begin)) return events("SASRec text", {Kind::separated, " ", false}, "1", "2", "");
  return of_csv(first_row(begin, comma));
}

EventFeature named_feature(Column column, std::string name, FeatureKind kind) {
  if (name == negatives_feature) kind = FeatureKind::items;
  return {std::move(column), std::move(name), kind};
}

Shape own_events() {
  Shape shape = events("pebench's interactions.tsv", tabs, "user", "item", "timestamp");
  shape.time_unit = "s";
  return shape;
}

Shape own_items() {
  Shape shape = items("pebench's items.jsonl", json, "item", {});
  shape.every_key = true;
  return shape;
}

Shape own_order() {
  Shape shape;
  shape.format = "pebench's order of names";
  shape.holds = Holds::order;
  shape.layout = json;
  return shape;
}

std::string known_shapes() {
  return "pebench's own (the header user<tab>item<tab>timestamp), RecBole (.inter, .item), MovieLens "
         "(u.data, "
         "ratings.dat, ratings.csv and their films), Amazon reviews and metadata of 2014, 2018 and 2023, "
         "Steam, "
         "Yelp, Gowalla, Foursquare TSMC 2014, ReChorus, SASRec text (user and item a line)";
}

}  // namespace pebench::data
