/**
 * The preset dictionary of layout 2, part of its specification (docs/offline-qr.md, section 3): what cards of developers
 * often say, in several languages, what addresses of the registry and mail look like, and the JSON around them. The
 * commonest stands last, where a reference to it is shortest. It never changes within the layout; a test knows its digest.
 */
export const DICTIONARY_TEXT = [
  'https://www.youtube.com/@https://docs.google.com/разработчик инженер компании и Sviluppatore ',
  'par открытый код https://github.com/برمجيات من 개발자입니다. 엔지니어 全栈开发者，前端后端工程师的सॉफ्टवेयर इंजीनियर ',
  'على Designer library डेवलपर Softwareentwickler, Currently learning और में हूँ। в से की लिए ',
  'программист プログラマー。مطور フロントエンドバックエンドエンジニア。しています。ています。https://stackoverflow.com/users/',
  'Software Engineer at appassionato Consultant  Desenvolvedor de software coffee PostgreSQL',
  'photography enthusiast. apaixonado por maintainerapasionado مهندس la infrastructure@infosec.exchange"',
  'Entwicklerin los para のました。https://bsky.app/profile/ Reactmusic URLWorking on Product Manager ',
  "London l'informatique.tecnologia.소프트웨어 ingénieur logiciel et HTMLFull-stack developerGraphQLde ",
  'Dockercloud.dev/entwickle hackathon und mit CSShttps://calendly.com/का Web Developertecnología.',
  'https://open.spotify.com/user/für है। https://medium.com/@@yahoo.com"في Software Developer',
  'Author of Desarrollador 开源爱好者。Swift.pages.dev/https://www.linkedin.com/in/软件工程师，',
  '株式会社ソフトウェア開発が好きです。.workers.dev.co.ukhttps://discord.gg/"Newsletter"Staff Kubernetesオープンソース、',
  '.github.io/"Website"@me.com"@mastodon.social"Talks"Développeur Développeuse, tests"Resume"support.me/',
  '@chaos.social"https://blog.Data Scientist based in passionné using @fosstodon.org"',
  '],[3],[6],[1],[Lead software .bsky.social"Ingeniera Linux@web.de"Freelance @gmail.com"speaker, ',
  'writer, of Organizer of JavaScripthttps://gist.github.com/@hachyderm.io"Senior software ',
  'Creator of games CEO @icloud.com"dad of two. I love that Berlin.Passionate about Founder of ',
  'CTO at на databasehttps://cal.com/Machine LearningPrincipal ',
  'Student of Computer Science at the University of Developer Advocate at die Maintainer of web ',
  'India por Full Stack DeveloperEngineering Interested in APIIch di Programista el chez Node.js',
  'Co-founder of a TypeScript @outlook.com"@hotmail.com"@protonmail.com"security researcher JSONcat person. Backend mobile Python',
  'Maintains and compilerFrontend DevOps AWSin @fastmail.com"Talks about distributed systemsbrowser',
  'applicationshe/theyGolangles building tools for developersion previously codeperformancemaking ',
  'the webserveropen source der for accessibility@proton.me"the ing fast from implementation ',
  'frameworkshe/here"climbing, module.frprojectsmall functionOpen Source to Building package',
  'https://x.com/","a":"6366f1","l":[[1],[2,"https://www.npmjs.com/package/',
  '"],[20],[21],[24],[34],[13,"?v=4","l":[[1],[2," is a parser"Blog".net/',
  '],[14],[9],[8],[10],[7],[4],[18,""https://"],[17,"@duck.com"],[6],[3],[19,"{"iss":"https://',
  'developers "],[16,"https://","c":"they/them","r":"Software engineer.netlify.app/","p":"with Rust',
  '","a":"6366f1","v":"https://avatars.githubusercontent.com/u/"],[15,""]]}","iat":179',
  '0000,"exp":179he/him"e":0,"sub":"mentor ","n":","b":"simple ',
].join('');
