# The statistics of docs/statistics.md a second time, from that page. What R or one of its packages offers is called; the rest was written
# before a look at host/controller/stats, so that one mistake is not made twice. Where the page was silent (up to how many ways all are dealt,
# M and f of seeds and users beside a negative variance) it was mended first, and then this.

suppressPackageStartupMessages(suppressWarnings({
  library(nortest)
  library(exactRankTests)
}))

simulations <- 10000

# Sums of decimal fractions differ by rounding where the decimals do not; the page counts a relative 1e-9 as ties.
without_rounding <- function(values) {
  unit <- max(abs(values), 1e-300) * 1e-9
  round(values / unit) * unit
}

is_constant <- function(values) length(unique(without_rounding(values))) == 1

# ---- Summaries

student_interval <- function(values, level = 0.95) {
  if (is_constant(values)) return(rep(mean(values), 2))  # t.test refuses
  as.numeric(t.test(values, conf.level = level)$conf.int)
}

student_p <- function(values, mu = 0) {
  if (is_constant(values - mu)) return(if (abs(mean(values) - mu) < 1e-12) 1 else 0)
  t.test(values, mu = mu)$p.value
}

welch_interval <- function(first, second, level = 0.95) as.numeric(t.test(first, second, conf.level = level)$conf.int)

# Bonett (2006), by the formulas of the page. R has none.
bonett_log_variance <- function(values, z) {
  n <- length(values)
  trim <- 1 / (2 * sqrt(n - 4))
  center <- if (trim >= 0.5) median(values) else mean(values, trim = trim)
  kurtosis <- n * sum((values - center)^4) / sum((values - mean(values))^2)^2
  small_sample <- n / (n - z)
  error <- small_sample * sqrt((kurtosis - (n - 3) / n) / (n - 1))
  log(small_sample * var(values)) + c(-1, 1) * z * error
}

bonett_interval <- function(values, level = 0.95) {
  if (length(values) < 5 || is_constant(values)) return(NULL)
  sqrt(exp(bonett_log_variance(values, qnorm((1 + level) / 2))))
}

# The p at which the interval has `sd` as an end.
bonett_p <- function(values, sd) {
  end <- if (sd < sd(values)) 1 else 2
  distance <- function(z) bonett_log_variance(values, z)[end] - 2 * log(sd)
  z <- uniroot(distance, c(0, length(values) - 1e-9), tol = 1e-14)$root
  2 * pnorm(-z)
}

wilson_interval <- function(count, n) as.numeric(suppressWarnings(prop.test(count, n, correct = FALSE))$conf.int)

mean_deviation <- function(values) mean(abs(values - median(values)))

is_normal <- function(values) {
  n <- length(values)
  if (n < 8 || is_constant(values)) return(NULL)
  unname(ad.test(values)$statistic) * (1 + 0.75 / n + 2.25 / n^2) <= 0.752
}

# ---- Means

# Every sign vector, a row each; the first seed keeps its sign, as T is the same for a vector and its opposite.
all_signs <- function(n) {
  signs <- matrix(1, 1, 1)
  for (seed in seq_len(n)[-1]) signs <- rbind(cbind(signs, 1), cbind(signs, -1))
  signs
}

random_signs <- function(n, count) matrix(sample(c(-1, 1), n * count, replace = TRUE), count, n)

# T of the page for every sign vector (a row each) and column of differences.
flipped_statistics <- function(signs, differences) {
  squares <- colSums(differences^2)
  sweep((signs %*% differences)^2, 2, ifelse(squares > 0, squares, 1), "/")
}

# Step-down max-T over data sets, which are flipped independently. `differences`: for each data set a matrix [seeds, hypotheses] of
# differences, NA where one is missing. Returns for each data set p and adjusted p, and the standard errors of their simulation.
sign_flip_family <- function(differences) {
  differences <- lapply(differences, function(matrix) { matrix[is.na(matrix)] <- 0; matrix })
  exact <- all(sapply(differences, nrow) <= 20)
  count <- 100000  # the page's B
  flipped <- lapply(differences, function(matrix)
    flipped_statistics(if (exact) all_signs(nrow(matrix)) else random_signs(nrow(matrix), count), matrix))
  observed <- lapply(differences, function(matrix) flipped_statistics(matrix(1, 1, nrow(matrix)), matrix)[1, ])
  owner <- rep(seq_along(observed), lengths(observed))
  column <- unlist(lapply(observed, seq_along))
  statistic <- unlist(observed)
  threshold <- statistic - 1e-9  # T is between 0 and n
  share <- function(hits) if (exact) mean(hits) else (sum(hits) + 1) / (length(hits) + 1)
  p <- sapply(seq_along(statistic), function(h) share(flipped[[owner[h]]][, column[h]] >= threshold[h]))

  order <- order(-statistic)
  adjusted <- numeric(length(statistic))
  maxima <- lapply(flipped, function(matrix) rep(-Inf, nrow(matrix)))
  for (h in rev(order)) {  # from the smallest T up, so that maxima grow
    maxima[[owner[h]]] <- pmax(maxima[[owner[h]]], flipped[[owner[h]]][, column[h]])
    if (exact) {  # data sets are independent: none of the maxima reaches T with the product of the probabilities
      adjusted[h] <- 1 - prod(sapply(maxima, function(maximum) 1 - mean(maximum >= threshold[h])))
    } else {
      adjusted[h] <- share(do.call(pmax, maxima) >= threshold[h])
    }
  }
  adjusted[order] <- cummax(adjusted[order])
  error <- function(p) if (exact) 0 * p else sqrt(2 * p * (1 - p) / count)  # ours and the program's
  list(p = split(p, owner), adjusted = split(adjusted, owner), p_error = split(error(p), owner),
       adjusted_error = split(error(adjusted), owner))
}

sign_flip <- function(differences) {
  family <- sign_flip_family(list(matrix(differences, ncol = 1)))
  list(p = family$p[[1]], error = family$p_error[[1]])
}

# Ways of dealing n1 + n2 values out anew, a row of places each: the first n1 columns go to the first encoding. All of them up to 4,096, as the
# page has it, else random ones.
dealings <- function(first_count, second_count) {
  count <- first_count + second_count
  if (choose(count, first_count) <= 4096) {
    chosen <- t(combn(count, first_count))
    others <- t(apply(chosen, 1, function(places) setdiff(seq_len(count), places)))
    return(list(places = cbind(chosen, others), exact = TRUE))
  }
  keys <- matrix(runif(simulations * count), simulations)
  column <- (order(row(keys), keys) - 1) %/% simulations + 1
  list(places = matrix(column, ncol = count, byrow = TRUE), exact = FALSE)
}

dealt <- function(ways, values, columns) matrix(values[ways$places[, columns]], nrow(ways$places))

welch_statistics <- function(first, second) {
  squared_error <- function(rows) rowSums((rows - rowMeans(rows))^2) / (ncol(rows) - 1) / ncol(rows)
  abs(rowMeans(first) - rowMeans(second)) / sqrt(squared_error(first) + squared_error(second))
}

# Permutation of labels of Welch's t (Janssen 1997), studentised anew each time.
label_permutation <- function(first, second) {
  values <- c(first, second)
  ways <- dealings(length(first), length(second))
  columns <- seq_along(first)
  observed <- welch_statistics(t(first), t(second))
  share_of(welch_statistics(dealt(ways, values, columns), dealt(ways, values, -columns)) >= observed * (1 - 1e-9), ways$exact)
}

# A p; where it is simulated the observed arrangement is among the draws, and `error` is the standard error of the difference to a p that the
# program simulated with its 10,000.
share_of <- function(hits, exact) {
  if (exact) return(list(p = mean(hits), error = 0))
  p <- (1 + sum(hits)) / (1 + length(hits))
  likely <- max(p, 4 / length(hits))  # fewer hits do not tell their own error
  list(p = p, error = sqrt(likely * (1 - likely) * (1 / length(hits) + 1 / 10000)))
}

# Wilcoxon's signed ranks; wilcox.exact leaves zeros out and permutes tied ranks, where wilcox.test would approximate.
wilcoxon_p <- function(differences) {
  differences <- without_rounding(differences)
  if (all(differences == 0)) return(1)
  wilcox.exact(differences, exact = TRUE)$p.value
}

# ---- Deviations

row_mean_deviations <- function(values) {
  n <- ncol(values)
  sorted <- matrix(values[order(row(values), values)], ncol = n, byrow = TRUE)
  middle <- (sorted[, (n + 1) %/% 2] + sorted[, n %/% 2 + 1]) / 2
  rowMeans(abs(values - middle))
}

log_ratio <- function(numerator, denominator) {
  ratio <- suppressWarnings(log(numerator) - log(denominator))
  ratio[numerator < 1e-14 & denominator < 1e-14] <- 0
  ratio
}

# Exchanges of residuals about the medians. Paired: a seed's two residuals change places; else all residuals get new owners.
exchange_ways <- function(first_count, second_count, paired) {
  if (!paired) return(dealings(first_count, second_count))
  if (first_count <= 13) return(list(stay = all_signs(first_count) > 0, exact = TRUE))
  list(stay = random_signs(first_count, simulations) > 0, exact = FALSE)
}

exchange_test <- function(first, second, paired = TRUE, ways = exchange_ways(length(first), length(second), paired)) {
  first <- first - median(first)
  second <- second - median(second)
  observed <- abs(log_ratio(mean_deviation(first), mean_deviation(second)))
  if (paired) {
    first_rows <- matrix(first, nrow(ways$stay), length(first), byrow = TRUE)
    second_rows <- matrix(second, nrow(ways$stay), length(second), byrow = TRUE)
    one <- ifelse(ways$stay, first_rows, second_rows)
    other <- ifelse(ways$stay, second_rows, first_rows)
  } else {
    columns <- seq_along(first)
    one <- dealt(ways, c(first, second), columns)
    other <- dealt(ways, c(first, second), -columns)
  }
  ratios <- log_ratio(row_mean_deviations(one), row_mean_deviations(other))
  share_of(abs(ratios) >= observed - 1e-9, ways$exact)
}

# The lowest and the highest ratio that the exact test does not reject at 5 %, sought outwards from the observed one.
exchange_interval <- function(first, second) {
  ways <- exchange_ways(length(first), length(second), TRUE)
  kept <- function(log_ratio) exchange_test(first / exp(log_ratio), second, TRUE, ways)$p > 0.05
  center <- log(mean_deviation(first) / mean_deviation(second))
  end <- function(side) {
    if (kept(center + side * 30)) return(side * Inf)
    steps <- center + side * seq(4, 0, by = -0.1)
    inside <- Find(kept, steps)
    outside <- inside + side * 0.1
    while (abs(outside - inside) > 1e-4) {
      middle <- (inside + outside) / 2
      if (kept(middle)) inside <- middle else outside <- middle
    }
    inside
  }
  exp(c(end(-1), end(1)))
}

# One-way analysis of variance of |x - median|, by R's own.
brown_forsythe <- function(first, second) {
  distances <- c(abs(first - median(first)), abs(second - median(second)))
  group <- factor(rep(1:2, c(length(first), length(second))))
  test <- oneway.test(distances ~ group, var.equal = TRUE)
  list(f = unname(test$statistic), p = test$p.value)
}

# ---- Seeds and users

# `differences`: [seeds, users]. Mean squares by aov; Satterthwaite's degrees of freedom by hand.
crossed_variance <- function(differences) {
  seeds <- nrow(differences)
  users <- ncol(differences)
  table <- data.frame(difference = as.vector(differences), seed = factor(row(differences)), user = factor(col(differences)))
  mean_squares <- summary(aov(difference ~ seed + user, table))[[1]][["Mean Sq"]]
  variance <- c(seed = (mean_squares[1] - mean_squares[3]) / users, user = (mean_squares[2] - mean_squares[3]) / seeds,
                seed_user = mean_squares[3])
  variance <- pmax(variance, 0)
  # S U times the variance of the mean, with Satterthwaite's degrees of freedom, of mean squares of a table of that size.
  of_mean <- function(mean_squares, seeds, users) {
    sum <- max(mean_squares[1] + mean_squares[2] - mean_squares[3], mean_squares[1:2])
    degrees <- c(seeds - 1, users - 1, (seeds - 1) * (users - 1))
    list(error = sqrt(sum / (seeds * users)), freedom = max(1, sum^2 / sum(mean_squares^2 / degrees)))
  }
  half_width <- function(mean) qt(0.975, mean$freedom) * mean$error
  half_width_with <- function(seeds, users)
    half_width(of_mean(variance[3] + c(users * variance[1], seeds * variance[2], 0), seeds, users))
  center <- mean(differences)
  now <- of_mean(mean_squares, seeds, users)
  # Users that are drawn as well cannot tell more than seeds alone.
  of_seeds <- list(error = sqrt(mean_squares[1] / (seeds * users)), freedom = seeds - 1)
  two_sided <- function(mean) 2 * pt(-abs(center) / mean$error, mean$freedom)
  list(variance = variance, other_users = center + c(-1, 1) * max(half_width(now), half_width(of_seeds)),
       p = max(two_sided(now), two_sided(of_seeds)),
       half_width_twice_seeds = half_width_with(2 * seeds, users), half_width_twice_users = half_width_with(seeds, 2 * users))
}

# ---- Several data sets

interquartile_mean <- function(values) mean(values, trim = 0.25)

# Percentile bootstrap, redrawing within each data set. `values`: a list, one vector for each data set.
bootstrap <- function(values, statistic, resamples = 2000)
  replicate(resamples, statistic(lapply(values, function(x) x[sample.int(length(x), replace = TRUE)])))

nemenyi_difference <- function(alpha, encodings, datasets)
  qtukey(1 - alpha, encodings, Inf) / sqrt(2) * sqrt(encodings * (encodings + 1) / (6 * datasets))

# ---- Claims

jackknife_p <- function(value_without, n, estimate) {
  values <- sapply(seq_len(n), value_without)
  error <- sqrt((n - 1) / n * sum((values - mean(values))^2))
  if (!is.finite(error) || !is.finite(estimate)) return(1)
  2 * pt(-abs(estimate) / error, n - 1)
}

# Twice the smaller tail, from R's one-sided exact tests.
binomial_p <- function(count, n, rate) {
  tails <- sapply(c("less", "greater"), function(side) binom.test(count, n, rate, alternative = side)$p.value)
  min(1, 2 * min(tails))
}

seeds_for_power <- function(n, p, alpha) {
  needed <- ceiling(n * ((qnorm(1 - alpha / 2) + qnorm(0.8)) / qnorm(1 - p / 2))^2)
  max(needed, ceiling(1 - log2(alpha)))
}

# ---- Orders of encodings in several settings

# For every row (a resample) of two matrices [resample, encoding] Kendall's tau-b; 0 where one of the two orders no pair.
kendall_rows <- function(first, second) {
  order_of <- function(a, b) ifelse(abs(a - b) <= 1e-9 * pmax(abs(a), abs(b)), 0, sign(a - b))
  alike <- by_first <- by_second <- 0
  for (i in seq_len(ncol(first) - 1)) for (j in (i + 1):ncol(first)) {
    in_first <- order_of(first[, i], first[, j])
    in_second <- order_of(second[, i], second[, j])
    alike <- alike + in_first * in_second
    by_first <- by_first + abs(in_first)
    by_second <- by_second + abs(in_second)
  }
  ifelse(by_first * by_second > 0, alike / sqrt(by_first * by_second), 0)
}

kendall_of_means <- function(first, second)
  cor(without_rounding(colMeans(first)), without_rounding(colMeans(second)), method = "kendall")

# Means [resample, encoding] of a matrix [seed, encoding] whose seeds are redrawn.
redrawn_means <- function(values) {
  n <- nrow(values)
  chosen <- matrix(sample(n, simulations * n, replace = TRUE), simulations)
  apply(values, 2, function(column) rowMeans(matrix(column[chosen], simulations)))
}

# The mean of tau between either half of the seeds, and its standard error where the halves are simulated on either side.
self_agreement <- function(values) {
  n <- nrow(values)
  exact <- choose(n, n %/% 2) <= 4096
  halves <- if (exact) combn(n, n %/% 2) else replicate(2000, sample(n, n %/% 2))
  means <- function(choose_rows) t(apply(halves, 2, function(half) colMeans(values[choose_rows(half), , drop = FALSE])))
  taus <- kendall_rows(means(function(half) half), means(function(half) -half))
  list(value = mean(taus), error = if (exact) 0 else sd(taus) * sqrt(1 / 2000 + 1 / 10000))
}

# The share of resamples beyond an end of the interval of n seeds, and the share that a printed p stands for.
expanded_tail <- function(n) pnorm(-sqrt(n / (n - 1)) * qt(0.975, n - 1))
share_of_p <- function(p, n) pnorm(-qt(1 - p / 2, n - 1) / sqrt((n - 1) / n))
