//! Attention with linear biases: Press, Smith and Lewis 2022, "Train short, test long: attention with linear biases
//! enables input length extrapolation", arXiv:2108.12409, section 3.
//!
//!   bias_hij = -m_h |i - j|        i query, j key, h head
//!
//! The paper attends to the past alone, where |i - j| = i - j.
use pebench::*;

struct Alibi {
    slopes: Vec<f64>, // [H]
}

/// The slopes m of the authors' `get_slopes`: 2^(-8/n), 2^(-16/n), ... for n heads if n is a power of two; otherwise
/// those of the next smaller power, and then every other one of the next larger.
fn slopes(heads: i64) -> Vec<f64> {
    let series = |n: i64, step: i64| (1..=n).step_by(step as usize).map(move |i| 2f64.powf(-8.0 * i as f64 / n as f64));
    let mut power = 1;
    while 2 * power <= heads {
        power *= 2;
    }
    series(power, 1).chain(series(2 * power, 2)).take(heads as usize).collect()
}

impl Encoder for Alibi {
    const INFO: Info = Info::new("alibi_rust", "1.0.0", "arXiv:2108.12409").named("Attention with linear biases");
    const FLAGS: u32 = flags::IS_SHIFT_INVARIANT | flags::IS_EXTRAPOLATING;

    fn create(_build: &Build, config: &Config, _values: &Values) -> Result<Self> {
        Ok(Alibi { slopes: slopes(config.n_heads) })
    }
}

impl Bias for Alibi {
    /// -> [1 or B, H, Lq, Lk]
    fn bias(&self, site: &Site) -> Result<Tensor> {
        let distance = site.relative_position()?.abs().cast(Dtype::Model);
        Ok(-(constant(&self.slopes, [site.heads, 1, 1], Dtype::Model)? * distance))
    }
}

pebench::plugin!(Alibi);
