//! An encoder that fails where the suite says, in the ways that Rust has; see languages_test.cc.
use pebench::*;

struct Probe {
    place: String,
    way: String,
    product: Custom<Product>,
    kept: Tensor,
}

fn fail(place: &str, way: &str, here: &str) -> Result<()> {
    if place != here {
        return Ok(());
    }
    match way {
        "panic" => panic!("thrown in {here}"),
        "unsupported" => Err(Error::Unsupported(format!("thrown in {here}"))),
        "index" => Err(format!("{}", [1, 2][here.len()]).into()),
        _ => Err(Error::Invalid(format!("thrown in {here}"))),
    }
}

impl Encoder for Probe {
    const INFO: Info = Info::new("probe_rust", "1.0.0", "none");
    const FLAGS: u32 = flags::NEED_HIDDEN | flags::IS_CAUSAL;
    const OPTIONS: &'static [Setting] = &[
        text("place", "nowhere", "the hook or callback that fails"),
        choice("way", "panic|unsupported|invalid|index|stale", "how it fails"),
        integer("whole", 3, -5, 7, "unused"),
        boolean("flag", true, "unused"),
        file("file", "", "unused"),
    ];

    fn create(build: &Build, _config: &Config, values: &Values) -> Result<Self> {
        assert_eq!((values.integer("whole"), values.boolean("flag"), values.text("file")), (3, true, ""));
        let (place, way) = (values.text("place").to_owned(), values.word("way").to_owned());
        fail(&place, &way, "create")?;
        let product = Custom::new(build, Product { place: place.clone(), way: way.clone() });
        Ok(Probe { place, way, product, kept: Tensor::NONE })
    }
}

impl Probe {
    fn fail(&self, here: &str) -> Result<()> {
        fail(&self.place, &self.way, here)
    }
}

impl Begin for Probe {
    fn begin(&mut self) -> Result<()> {
        if self.kept.is_none() {
            self.kept = full(1.0, [1], Dtype::Model);
        }
        self.fail("begin")
    }
}
impl Input for Probe {
    /// x^2 + x, or the sum with a tensor of the first pass
    fn input(&self, _: &Sequence, x: Tensor) -> Result<Tensor> {
        self.fail("input")?;
        if self.way == "stale" {
            return Ok(x + self.kept);
        }
        Ok(self.product.run_one(&[x, x + 1.0]))
    }
}
impl Rotate for Probe {
    fn rotate(&self, _: &Site, q: Tensor, k: Tensor) -> Result<(Tensor, Tensor)> {
        self.fail("rotate")?;
        Ok((q, k))
    }
}
impl Bias for Probe {
    /// Products of hidden states, or nothing without them; and a bound that is none on the way there.
    fn bias(&self, site: &Site) -> Result<Tensor> {
        self.fail("bias")?;
        let _ = site.key_position.clamp(f64::NEG_INFINITY, 5.0);
        if site.key_hidden.is_none() {
            return Ok(Tensor::NONE);
        }
        matmul(site.query_hidden, site.key_hidden.transpose(1, 2)?).unsqueeze(1)
    }
}
impl Value for Probe {
    fn value(&self, _: &Site) -> Result<Tensor> {
        self.fail("value")?;
        Ok(Tensor::NONE)
    }
}
impl Output for Probe {
    fn output(&self, _: &Site, y: Tensor) -> Result<Tensor> {
        self.fail("output")?;
        Ok(y)
    }
}

/// a * b, elementwise
struct Product {
    place: String,
    way: String,
}

impl Operation for Product {
    const NAME: &'static str = "product";

    fn infer(&self, inputs: &[View], outputs: &mut [Shape]) -> Result<()> {
        fail(&self.place, &self.way, "infer")?;
        outputs[0].like(&inputs[0]);
        Ok(())
    }

    fn forward(&self, inputs: &[View], outputs: &mut [ViewMut]) -> Result<()> {
        fail(&self.place, &self.way, "forward")?;
        if inputs[0].holds::<f32>() {
            multiply::<f32>(&inputs[0], &inputs[1], &mut outputs[0])
        } else {
            multiply::<f64>(&inputs[0], &inputs[1], &mut outputs[0])
        }
    }

    fn backward(
        &self,
        inputs: &[View],
        _: &[View],
        output_gradients: &[View],
        input_gradients: &mut [Option<ViewMut>],
    ) -> Result<()> {
        fail(&self.place, &self.way, "backward")?;
        for (wanted, other) in input_gradients.iter_mut().zip(inputs.iter().rev()) {
            if let Some(gradient) = wanted {
                if other.holds::<f32>() {
                    multiply::<f32>(&output_gradients[0], other, gradient)?;
                } else {
                    multiply::<f64>(&output_gradients[0], other, gradient)?;
                }
            }
        }
        Ok(())
    }
}

fn multiply<T: Number + std::ops::Mul<Output = T>>(a: &View, b: &View, to: &mut ViewMut) -> Result<()> {
    let (a, b) = (a.elements::<T>()?, b.elements::<T>()?);
    for (i, place) in to.elements::<T>()?.iter_mut().enumerate() {
        *place = a[i] * b[i];
    }
    Ok(())
}

pebench::plugin!(Probe);
