# Tables that `pebench judge` and the reference are asked about. Values have few decimals, so that both read the same numbers.

# A row per run. `draw(model, seeds)` gives a model's values; models of one data set share `common`, what a seed decides.
table_of <- function(models, seeds, draw, dataset = "one", digits = 6) {
  rows <- lapply(models, function(model)
    data.frame(dataset = dataset, model = model, seed = seeds, score = round(draw(model, length(seeds)), digits)))
  do.call(rbind, rows)
}

normal_draw <- function(common, centers, deviations)
  function(model, n) centers[[model]] + common + rnorm(n, sd = deviations[[model]])

make_case <- function(name, table, baseline, claims = character(), chance = NULL, lower_is_better = FALSE,
                      equivalence_share = NULL, alpha = 0.05, decimals = NULL)
  list(name = name, table = table, baseline = baseline, claims = claims, chance = chance, lower_is_better = lower_is_better,
       equivalence_share = equivalence_share, alpha = alpha, decimals = decimals)

with_cell <- function(table, rows, cell) {
  table$score <- as.character(table$score)
  table$score[rows] <- cell
  table
}

# 10 seeds, 4 encodings, 2 data sets, failed runs, chance known, margins of equivalence, every form of claim.
normal_case <- function() {
  models <- c("plain", "near", "far", "wild")
  centers <- list(plain = 0.50, near = 0.503, far = 0.54, wild = 0.51)
  deviations <- list(plain = 0.01, near = 0.01, far = 0.02, wild = 0.05)
  tables <- lapply(c("one", "two"), function(dataset)
    table_of(models, 1:10, normal_draw(rnorm(10, sd = 0.01), centers, deviations), dataset))
  table <- with_cell(do.call(rbind, tables), c(33, 39, 75), "nan")
  table <- with_cell(table, 12, "NA")
  make_case("normal", table, "plain", chance = 0.1, equivalence_share = 0.04, claims = c(
    "mean(far) > mean(plain)", "mean(far) > 0.51", "mean(far) < 0.45", "sd(wild) > sd(plain)", "sd(wild) > 2 * sd(plain)", "sd(plain) < 0.02",
    "deviation(wild) > deviation(near)", "cv(wild) > cv(plain)", "failure_rate(wild) < 0.5", "failure_rate(plain) < 0.3",
    "failure_rate(wild) > failure_rate(plain)", "mean(plain) + mean(far) > 2 * mean(near)", "mean(plain) * 1.05 < mean(far)",
    "mean(far) > mean(plain) and sd(wild) > sd(near)", "not (mean(far) < mean(plain)) or cv(far) < cv(plain)",
    "mean(far) / mean(plain) > 1.01", "sd(far) + sd(near) < sd(wild)", "mean(near) - mean(plain) > 0.01",
    "not (mean(far) > mean(plain) and not mean(near) > mean(plain))", "deviation(plain) < 0.03", "2 * mean(far) - 1 > 0"))
}

# 12 seeds, 3 encodings, losses: skewed, and better when lower.
skewed_case <- function() {
  draw <- function(model, n) switch(model, plain = 1 + rexp(n), short = 0.7 + 0.3 * rexp(n), long = 1.2 + rexp(n)^2)
  make_case("skewed", table_of(c("plain", "short", "long"), 1:12, draw), "plain", lower_is_better = TRUE, alpha = 0.1, claims = c(
    "mean(short) < mean(plain)", "sd(short) < 0.5 * sd(long)", "sd(long) > 1", "cv(long) > 0.5", "mean(long) < 1.5",
    "3 * deviation(short) < 2 * deviation(plain)", "sd(short) < sd(plain) or mean(long) < 2"))
}

# Few decimals: ties among values, differences and deviations, differences of 0.
rounded_case <- function(name, seeds, datasets) {
  models <- c("plain", "b", "c", "d", "e")
  centers <- list(plain = 0.50, b = 0.50, c = 0.52, d = 0.53, e = 0.51)
  deviations <- list(plain = 0.01, b = 0.01, c = 0.01, d = 0.02, e = 0.03)
  tables <- lapply(datasets, function(dataset)
    table_of(models, 1:seeds, normal_draw(rnorm(seeds, sd = 0.01), centers, deviations), dataset, digits = 2))
  make_case(name, do.call(rbind, tables), "plain", claims = c("mean(d) > mean(plain)", "mean(b) >= mean(c)", "sd(e) > sd(b)"),
            equivalence_share = 0.01, chance = 0.02, decimals = 2)
}

# Percentages of two decimals: differences are multiples of 0.01 but for rounding, and those of `even` have the sum 0, so that p is 1.
percent_case <- function(name, seeds, level) {
  draw <- function(model, n) level + c(plain = 0, b = 0.05, c = 0.1)[[model]] + rnorm(n, sd = 0.1)
  table <- table_of(c("plain", "b", "c"), 1:seeds, draw, digits = 2)
  even <- table[table$model == "plain", ]
  even$model <- "even"
  even$score <- round(even$score + 0.01 * rep(c(3, -3, 5, -5, 9, -9, 1, -1, 2, -2, 4, -4), length.out = seeds), 2)
  make_case(name, rbind(table, even), "plain", claims = c("mean(b) > mean(plain)", "mean(even) > mean(plain)"), decimals = 2)
}

# 20 seeds: the most whose signs are all flipped; deviations are simulated.
twenty_case <- function() {
  models <- c("plain", "b", "c")
  centers <- list(plain = 0.20, b = 0.205, c = 0.21)
  deviations <- list(plain = 0.01, b = 0.014, c = 0.03)
  make_case("twenty", table_of(models, 1:20, normal_draw(rnorm(20, sd = 0.01), centers, deviations)), "plain",
            claims = c("sd(c) > sd(plain)", "deviation(b) > 1.1 * deviation(plain)", "mean(b) > mean(plain)"))
}

# 25 seeds beside 10: all signs are simulated.
twenty_five_case <- function() {
  models <- c("plain", "b", "c")
  centers <- list(plain = 0.20, b = 0.206, c = 0.204)
  deviations <- list(plain = 0.01, b = 0.014, c = 0.03)
  tables <- rbind(table_of(models, 1:25, normal_draw(rnorm(25, sd = 0.01), centers, deviations), "large"),
                  table_of(models, 1:10, normal_draw(rnorm(10, sd = 0.01), centers, deviations), "small"))
  make_case("twenty_five", tables, "plain", claims = c("mean(b) > mean(plain)", "sd(c) > sd(b)"))
}

# Every encoding has seeds of its own.
unpaired_case <- function(name, counts) {
  starts <- c(0, 100, 200)
  tables <- lapply(1:3, function(i)
    table_of(c("plain", "b", "c")[i], starts[i] + seq_len(counts[i]),
             function(model, n) c(0.30, 0.32, 0.31)[i] + rnorm(n, sd = c(0.02, 0.01, 0.04)[i])))
  make_case(name, do.call(rbind, tables), "plain", equivalence_share = 0.1, claims = c(
    "mean(b) > mean(plain)", "mean(b) > 1.02 * mean(plain)", "mean(b) - mean(plain) > 0.001", "sd(c) > sd(b)",
    "deviation(c) > deviation(plain)"))
}

# 12 seeds each, of which b shares 8 with the baseline, and c but one.
partly_shared_case <- function() {
  draw <- function(center, deviation) function(model, n) center + rnorm(n, sd = deviation)
  make_case("partly_shared", rbind(table_of("plain", 1:12, draw(0.6, 0.02)), table_of("b", 5:16, draw(0.62, 0.01)),
                                   table_of("c", 12:23, draw(0.61, 0.04))), "plain",
            claims = c("mean(b) > mean(plain)", "sd(c) > sd(b)"))
}

# 12 seeds, b on 10 of them: max-T with missing differences.
gaps_case <- function() {
  centers <- list(plain = 0.5, b = 0.51, c = 0.512, d = 0.49)
  deviations <- list(plain = 0.01, b = 0.01, c = 0.02, d = 0.01)
  table <- table_of(names(centers), 1:12, normal_draw(rnorm(12, sd = 0.02), centers, deviations))
  make_case("gaps", table[-c(14, 17, 30), ], "plain", claims = c("mean(b) > mean(plain)", "mean(b) + mean(c) > 2 * mean(d)"))
}

# 6 data sets: ranks, interquartile means, critical difference.
six_datasets_case <- function() {
  centers <- list(plain = 0.30, b = 0.32, c = 0.33, d = 0.31)
  deviations <- list(plain = 0.01, b = 0.01, c = 0.02, d = 0.01)
  tables <- lapply(1:6, function(i) {
    shift <- rnorm(4, sd = 0.01)
    shifted <- setNames(as.list(unlist(centers) + shift), names(centers))
    table_of(names(centers), 1:6, normal_draw(rnorm(6, sd = 0.005), shifted, deviations), paste0("set", i), digits = 4)
  })
  table <- do.call(rbind, tables)
  # Two encodings with the same numbers on one data set share a rank.
  table$score[table$dataset == "set3" & table$model == "d"] <- table$score[table$dataset == "set3" & table$model == "b"]
  make_case("six_datasets", table, "plain", chance = 0.05, claims = "mean(c) > mean(plain)")
}

# 3 data sets with 10, 10 and 7 seeds, on the second of which the order is the opposite one.
turning_case <- function() {
  models <- c("plain", "b", "c", "d")
  deviations <- list(plain = 0.01, b = 0.01, c = 0.01, d = 0.02)
  of_dataset <- function(dataset, seeds, step)
    table_of(models, 1:seeds, normal_draw(rnorm(seeds, sd = 0.01), as.list(setNames(0.5 + step * 0:3, models)), deviations), dataset)
  make_case("turning", rbind(of_dataset("one", 10, 0.01), of_dataset("two", 10, -0.01), of_dataset("three", 7, 0.01)), "plain",
            claims = "mean(b) > mean(plain)")
}

# 12 seeds, 30 users: a number per user. In the first data set users matter, in the second neither they nor seeds, so that variances come out
# negative. Scores of users are kept in single precision, which holds multiples of 2^-12 exactly.
users_case <- function() {
  users <- 1:30
  of_dataset <- function(dataset, user_deviation, seed_deviation) {
    base <- rnorm(length(users), 0.5, 0.1)
    models <- list(plain = 0, b = 0.02, c = 0.01)
    rows <- lapply(names(models), function(model) {
      seed_part <- rnorm(12, sd = seed_deviation)
      user_part <- rnorm(length(users), sd = user_deviation)
      values <- outer(seed_part, base + user_part + models[[model]], "+") + rnorm(12 * length(users), sd = 0.02)
      data.frame(dataset = dataset, model = model, seed = as.vector(row(values)), user = as.vector(col(values)),
                 score = round(as.vector(values) * 2^12) / 2^12)
    })
    do.call(rbind, rows)
  }
  make_case("users", rbind(of_dataset("one", 0.02, 0.01), of_dataset("two", 0, 0)), "plain", claims = "mean(b) > mean(plain)")
}

# Failed runs; one encoding gives the same number on every seed.
copies_case <- function() {
  centers <- list(plain = 0.5, b = 0.51)
  deviations <- list(plain = 0.01, b = 0.02)
  table <- rbind(table_of(names(centers), 1:12, normal_draw(rnorm(12, sd = 0.01), centers, deviations)),
                 table_of("same", 1:12, function(model, n) rep(0.52, n)))
  make_case("copies", with_cell(table, c(15, 16), "nan"), "plain", chance = 0.1, claims = "mean(b) > mean(plain)")
}

all_cases <- function() {
  set.seed(20240607)
  list(normal_case(), skewed_case(), rounded_case("rounded", 6, c("one", "two", "three")), rounded_case("rounded_twelve", 12, "one"), twenty_case(),
       twenty_five_case(), unpaired_case("unpaired", c(6, 7, 6)), unpaired_case("unpaired_twelve", c(12, 14, 12)),
       partly_shared_case(), gaps_case(), six_datasets_case(), turning_case(), users_case(), copies_case(),
       percent_case("percent", 10, 75), percent_case("thousands", 10, 5000))
}
