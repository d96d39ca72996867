fn main() {
    let path = std::env::args().nth(1).unwrap_or("assets/paper.md".into());
    let text = std::fs::read_to_string(path).unwrap();
    let parsed = opcit::paper::parse(&text);
    opcit::reader::open(std::sync::Arc::new(parsed.paper), "").unwrap();
}
